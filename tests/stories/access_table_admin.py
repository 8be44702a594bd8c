"""Rows of the table of access: what only those who run the installation get."""

# The columns and the marks are those of access_table.py.
OF_ADMINISTRATORS = """
# who runs the installation
GET /admin/mail                                      > - - - - - - - y - >
GET /admin/mail/{message_id}                         > - - - - - - - y - >
POST /admin/mail/{message_id}/again                  > - - - - - - - y - >
GET /admin/registrations                             > - - - - - - - y - >
GET /admin/registrations/{registration_id}           > - - - - - - - y - >
POST /admin/registrations/{registration_id}/approve  > - - - - - - - y - >
POST /admin/registrations/{registration_id}/reject   > - - - - - - - y - >
GET /admin/domains                                   > - - - - - - - y - >
POST /admin/domains                                  > - - - - - - - y - >
POST /admin/domains/{domain_id}/remove               > - - - - - - - y - >
GET /admin/people                                    > - - - - - - - y - >
GET /admin/people/{user_id}                          > - - - - - - - y - >
GET /admin/people/{user_id}/{act}                    > - - - - - - - y - >
POST /admin/people/{user_id}/{act}                   > - - - - - - - y - >
GET /admin/terms                                     > - - - - - - - y - >
GET /admin/defaults                                  > - - - - - - - y - >
POST /admin/defaults                                 > - - - - - - - y - >
POST /admin/terms                                    > - - - - - - - y - >
GET /admin/audit                                     > - - - - - - - y - >
POST /admin/audit/export                             > - - - - - - - y - >
GET /admin/student-work                              > - - - - - - - y - >
# what an administrator opened; nothing is open here
GET /admin/student-work/drafts/{draft_id}/open       > - - - - - - - y - >
POST /admin/student-work/drafts/{draft_id}/open      > - - - - - - - y - >
GET /admin/student-work/courses/{course_id}/open     > - - - - - - - y - >
POST /admin/student-work/courses/{course_id}/open    > - - - - - - - y - >
GET /admin/student-work/courses/{course_id}/students/{student_id}/open > - - - - - - - y - >
POST /admin/student-work/courses/{course_id}/students/{student_id}/open > - - - - - - - y - >
GET /admin/student-work/drafts/{draft_id}            > - - - - - - - g - >
GET /admin/student-work/drafts/{draft_id}/file       > - - - - - - - g - >
GET /admin/student-work/courses/{course_id}          > - - - - - - - g - >
GET /admin/student-work/courses/{course_id}/students/{student_id} > - - - - - - - g - >
POST /admin/student-work/{opening_id}/close          > - - - - - - - . - >
"""

"""Who may do what: one row for every registered address, one column for everybody who may ask."""

from tests.stories.access_table_admin import OF_ADMINISTRATORS

# y: gets it · -: told that it is not theirs (403) · .: told that there is nothing (404) · >: sent to sign in
# g: student work, which an administrator reads for a recorded reason alone: led to where they say it
# o: signed out · w: the draft's writer · c: classmate · s: student elsewhere · I: owner · C: co-instructor · T: tutor
# i: instructor elsewhere · A: administrator · r: removed from the course · x: inactive account
COLUMNS = "o w c s I C T i A r x"
TABLE = (
    OF_ADMINISTRATORS
    + """
# anybody
GET /sign-in                                         y y y y y y y y y y y
POST /sign-in                                        y y y y y y y y y y y
POST /sign-in/again                                  y y y y y y y y y y y
# no institution signs people in here; whom one signed in is in test_sso_*.py
GET /sign-in/with/{name}                             . . . . . . . . . . .
GET /sign-in/with/{name}/back                        . . . . . . . . . . .
GET /sign-in/connect                                 . . . . . . . . . . .
POST /sign-in/connect                                . . . . . . . . . . .
POST /sign-in/connect/letter                         . . . . . . . . . . .
GET /sign-in/connect/proof                           . . . . . . . . . . .
POST /sign-in/connect/proof                          . . . . . . . . . . .
GET /account/sign-on/{name}                          > . . . . . . . . . >
POST /account/sign-on/{name}                         > . . . . . . . . . >
GET /account/sign-on/{identity_id}/end               > . . . . . . . . . >
POST /account/sign-on/{identity_id}/end              > . . . . . . . . . >
# anybody
GET /sign-in/code                                    > > > > > > > > > > >
POST /sign-in/code                                   y y y y y y y y y y y
GET /forgotten-password                              y y y y y y y y y y y
POST /forgotten-password                             y y y y y y y y y y y
# who holds a link from a letter; nobody here does
GET /reset-password                                  . . . . . . . . . . .
POST /reset-password                                 . . . . . . . . . . .
GET /calendar/{token}/deadlines.ics                  . . . . . . . . . . .
GET /undo-email                                      . . . . . . . . . . .
POST /undo-email                                     y y y y y y y y y y y
GET /join                                            . . . . . . . . . . .
POST /join                                           . . . . . . . . . . .
POST /join/sign-on                                   . . . . . . . . . . .
POST /join/confirm                                   > . . . . . . . . . >
GET /confirm-registration                            . . . . . . . . . . .
POST /confirm-registration                           . . . . . . . . . . .
GET /confirm-email                                   > . . . . . . . . . >
POST /confirm-email                                  > y y y y y y y y y >
GET /mail/unsubscribe/{token}                        y y y y y y y y y y y
POST /mail/unsubscribe/{token}                       y y y y y y y y y y y
GET /privacy                                         y y y y y y y y y y y
GET /terms                                           y y y y y y y y y y y
GET /register                                        y y y y y y y y y y y
POST /register                                       y y y y y y y y y y y
GET /register/sign-on                                y y y y y y y y y y y
POST /register/sign-on                               y y y y y y y y y y y
GET /healthz                                         y y y y y y y y y y y
GET /readyz                                          y y y y y y y y y y y
# signed in
POST /sign-out                                       > y y y y y y y y y >
GET /                                                > y y y y y y y y y >
GET /account                                         > y y y y y y y y y >
POST /account/name                                   > y y y y y y y y y >
GET /account/password                                > y y y y y y y y y >
POST /account/password                               > y y y y y y y y y >
GET /account/email                                   > y y y y y y y y y >
POST /account/email                                  > y y y y y y y y y >
POST /account/email/drop                             > y y y y y y y y y >
POST /account/sessions/end-all                       > y y y y y y y y y >
GET /account/second-factor                           > y y y y y y y y y >
POST /account/second-factor/begin                    > y y y y y y y y y >
GET /account/second-factor/set-up                    > y y y y y y y y y >
POST /account/second-factor/set-up                   > y y y y y y y y y >
POST /account/second-factor/codes                    > y y y y y y y y y >
POST /account/second-factor/off                      > y y y y y y y y y >
GET /account/calendar                                > y y y y y y y y y >
POST /account/calendar                               > y y y y y y y y y >
POST /account/calendar/revoke                        > y y y y y y y y y >
GET /terms/accept                                    > y y y y y y y y y >
POST /terms/accept                                   > y y y y y y y y y >
GET /account/mail                                    > y y y y y y y y y >
POST /account/mail                                   > y y y y y y y y y >
POST /account/mail/undelivered                       > y y y y y y y y y >
# whose browser it is
POST /account/sessions/{handle}/end                  > y . . . . . . . . >
# who teaches anything
GET /courses                                         > - - - y y y y - - >
GET /review                                          > - - - y y y y - - >
POST /instructions/preview                           > - - - y y y y - - >
GET /retention                                       > - - - y y y y - - >
# who may make courses
GET /courses/new                                     > - - - y y - y - - >
POST /courses/new                                    > - - - y y - y - - >
# who teaches this course
GET /courses/{course_id}                             > - - - y y y . g - >
GET /courses/{course_id}/class                       > - - - y y y . - - >
POST /courses/{course_id}/class/remind               > - - - y y y . - - >
GET /courses/{course_id}/class/table.csv             > - - - y y y . - - >
GET /courses/{course_id}/class/feedback.zip          > - - - y y y . - - >
GET /courses/{course_id}/people                      > - - - y y y . - - >
GET /courses/{course_id}/staff                       > - - - y y y . - - >
GET /assignments/{assignment_id}                     > - - - y y y . - - >
GET /assignments/{assignment_id}/extensions          > - - - y y y . - - >
GET /assignments/{assignment_id}/sheet/file          > - - - y y y . - - >
GET /assignments/{assignment_id}/versions            > - - - y y y . - - >
GET /assignments/{assignment_id}/student-view        > - - - y y y . - - >
POST /assignments/{assignment_id}/release-saved      > - - - y y y . - - >
GET /review/{draft_id}                               > - - - y y y . g - >
POST /review/{draft_id}/save                         > - - - y y y . - - >
POST /review/{draft_id}/comments                     > - - - y y y . - - >
POST /review/{draft_id}/release                      > - - - y y y . - - >
POST /review/{draft_id}/schedule                     > - - - y y y . - - >
POST /review/{draft_id}/withhold                     > - - - y y y . - - >
POST /review/{draft_id}/recall                       > - - - y y y . - - >
POST /review/{draft_id}/read-again                   > - - - y y y . - - >
GET /review/{draft_id}/file                          > - - - y y y . g - >
GET /review/{draft_id}/changes                       > - - - y y y . g - >
POST /review/{draft_id}/addressed/{comment_id}       > - - - y y y . - - >
GET /review/{draft_id}/readings/{reading_id}         > - - - y y y . g - >
POST /drafts/{draft_id}/preserve                     > - - - y y y . - - >
# who may change this course: its tutors may not
GET /courses/{course_id}/edit                        > - - - y y - . - - >
POST /courses/{course_id}/edit                       > - - - y y - . - - >
POST /courses/{course_id}/status                     > - - - y y - . - - >
GET /courses/{course_id}/step/{go_to}                > - - - y y - . - - >
GET /courses/{course_id}/deleted                     > - - - y y - . - - >
GET /courses/{course_id}/duplicate                   > - - - y y - . - - >
POST /courses/{course_id}/duplicate                  > - - - y y - . - - >
GET /courses/{course_id}/people/add                  > - - - y y - . - - >
POST /courses/{course_id}/people/check               > - - - y y - . - - >
POST /courses/{course_id}/people/add                 > - - - y y - . - - >
GET /courses/{course_id}/people/{student_id}/change  > - - - y y - . - - >
POST /courses/{course_id}/people/{student_id}/change > - - - y y - . - - >
POST /courses/{course_id}/people/{student_id}/enrol  > - - - y y - . - - >
POST /courses/{course_id}/people/{student_id}/remove > - - - y y - . - - >
GET /courses/{course_id}/invitations                 > - - - y y - . - - >
POST /courses/{course_id}/invitations/{invitation_id}/send   > - - - y y - . - - >
POST /courses/{course_id}/invitations/{invitation_id}/link   > - - - y y - . - - >
POST /courses/{course_id}/invitations/{invitation_id}/revoke > - - - y y - . - - >
POST /courses/{course_id}/invitations/{invitation_id}/remove > - - - y y - . - - >
GET /courses/{course_id}/staff/{user_id}/part        > - - - y y - . - - >
POST /courses/{course_id}/staff/{user_id}/part       > - - - y y - . - - >
# what is deleted comes back by its owner, or who may change its course, alone: this is not (see test_life_cycle.py)
GET /courses/{course_id}/restore                     > - - - . . . . - - >
POST /courses/{course_id}/restore                    > - - - . . . . - - >
POST /assignments/{assignment_id}/restore            > - - - . . . . - - >
# whose course it is
POST /courses/{course_id}/staff/add                  > - - - y - - . - - >
POST /courses/{course_id}/staff/{user_id}/role       > - - - y - - . - - >
POST /courses/{course_id}/staff/{user_id}/remove     > - - - y - - . - - >
POST /courses/{course_id}/transfer                   > - - - y - - . - - >
# who teaches looks through the rubric library; instructors keep templates, and one not shared is its owner's alone
GET /rubrics                                         > - - - y y y y - - >
POST /rubrics/check                                  > - - - y y y y - - >
GET /rubrics/ready-made/{name}                       > - - - . . . . - - >
POST /rubrics/ready-made/{name}/copy                 > - - - . . - . - - >
GET /rubrics/new                                     > - - - y y - y - - >
POST /rubrics/new                                    > - - - y y - y - - >
GET /rubrics/{template_id}                           > - - - y . . . - - >
GET /rubrics/{template_id}/edit                      > - - - y . . . - - >
POST /rubrics/{template_id}/edit                     > - - - y . . . - - >
POST /rubrics/{template_id}/copy                     > - - - y . - . - - >
POST /rubrics/{template_id}/share                    > - - - y . . . - - >
POST /rubrics/{template_id}/status                   > - - - y . . . - - >
GET /rubrics/{template_id}/export                    > - - - y . . . - - >
GET /rubrics/{template_id}/export/{form_name}        > - - - y . . . - - >
# everybody who teaches this course
GET /assignments/{assignment_id}/rubric/export       > - - - y y y . - - >
GET /assignments/{assignment_id}/rubric/export/{form_name} > - - - y y y . - - >
POST /courses/{course_id}/student-work/seen          > - - - y - - . - - >
# who may change this course again
GET /courses/{course_id}/assignments/new             > - - - y y - . - - >
POST /courses/{course_id}/assignments/new            > - - - y y - . - - >
GET /assignments/{assignment_id}/edit                > - - - y y - . - - >
POST /assignments/{assignment_id}/edit               > - - - y y - . - - >
POST /assignments/{assignment_id}/publish            > - - - y y - . - - >
GET /assignments/{assignment_id}/step/{go_to}        > - - - y y - . - - >
POST /assignments/{assignment_id}/status             > - - - y y - . - - >
GET /assignments/{assignment_id}/rubric              > - - - y y - . - - >
POST /assignments/{assignment_id}/rubric             > - - - y y - . - - >
GET /assignments/{assignment_id}/rubric/library      > - - - y y - . - - >
POST /assignments/{assignment_id}/rubric/keep        > - - - y y - . - - >
GET /assignments/{assignment_id}/readers             > - - - y y - . - - >
POST /assignments/{assignment_id}/readers            > - - - y y - . - - >
GET /assignments/{assignment_id}/settings            > - - - y y - . - - >
POST /assignments/{assignment_id}/settings           > - - - y y - . - - >
POST /assignments/{assignment_id}/extensions         > - - - y y - . - - >
GET /assignments/{assignment_id}/sheet               > - - - y y - . - - >
POST /assignments/{assignment_id}/sheet              > - - - y y - . - - >
POST /assignments/{assignment_id}/sheet/remove       > - - - y y - . - - >
POST /assignments/{assignment_id}/schedule           > - - - y y - . - - >
POST /assignments/{assignment_id}/unschedule         > - - - y y - . - - >
GET /courses/{course_id}/defaults                    > - - - y y - . - - >
POST /courses/{course_id}/defaults                   > - - - y y - . - - >
POST /assignments/{assignment_id}/extensions/{student_id}/withdraw > - - - y y - . - - >
GET /assignments/{assignment_id}/hand-in-for         > - - - y y - . - - >
POST /assignments/{assignment_id}/hand-in-for        > - - - y y - . - - >
POST /assignments/{assignment_id}/archives           > - - - y y - . - - >
GET /assignments/{assignment_id}/archives/{archive_id} > - - - y y - . - - >
POST /assignments/{assignment_id}/archives/{archive_id}/bring-in > - - - y y - . - - >
POST /assignments/{assignment_id}/archives/{archive_id}/throw-away > - - - y y - . - - >
GET /assignments/{assignment_id}/signals             > - - - y y - . - - >
POST /assignments/{assignment_id}/signals            > - - - y y - . - - >
GET /assignments/{assignment_id}/calibration         > - - - y y - . - - >
POST /assignments/{assignment_id}/calibrate/reviewed > - - - y y - . - - >
POST /assignments/{assignment_id}/calibrate/marked   > - - - y y - . - - >
POST /calibrations/{calibration_id}                  > - - - y y - . - - >
GET /assignments/{assignment_id}/rubric/trials       > - - - y y - . - - >
POST /assignments/{assignment_id}/rubric/trials      > - - - y y - . - - >
POST /assignments/{assignment_id}/rubric/ask         > - - - y y - . - - >
GET /rubric-trials/{trial_id}                        > - - - y y - . - - >
POST /rubric-trials/{trial_id}/delete                > - - - y y - . - - >
# who studies anywhere
GET /my-courses                                      > y y y - - y - - y >
# who studies in this course (a tutor here is a student elsewhere)
GET /my-courses/{course_id}                          > y y . - - . - - . >
GET /tasks/{assignment_id}                           > y y . - - . - - . >
GET /tasks/{assignment_id}/sheet                     > y y . - - . - - . >
POST /tasks/{assignment_id}/drafts                   > y y . - - . - - . >
# whose draft it is, not handed in yet
GET /drafts/{draft_id}/preview                       > y . . - - . - - . >
POST /drafts/{draft_id}/replace                      > y . . - - . - - . >
POST /drafts/{draft_id}/confirm                      > y . . - - . - - . >
POST /drafts/{draft_id}/take-back                    > y . . - - . - - . >
POST /drafts/{draft_id}/discard                      > y . . - - . - - . >
# whose draft it is
GET /drafts/{draft_id}                               > y . . . . . . g . >
GET /drafts/{draft_id}/stages                        > y . . . . . . . . >
GET /drafts/{draft_id}/file                          > y . . . . . . g . >
GET /drafts/{draft_id}/changes                       > y . . . . . . g . >
GET /drafts/{draft_id}/feedback                      > y . . . . . . g . >
POST /drafts/{draft_id}/addressed/{comment_id}       > y . . . . . . . . >
POST /comments/{comment_id}/uptake                   > y . . . . . . . . >
"""
)
# The same for drafts of the person who was removed: what they wrote and got back stays theirs to read.
OF_REMOVED = """
GET /drafts/{draft_id}                               > . . . . . . . g y >
GET /drafts/{draft_id}/stages                        > . . . . . . . . y >
GET /drafts/{draft_id}/file                          > . . . . . . . g y >
GET /drafts/{draft_id}/changes                       > . . . . . . . g y >
GET /drafts/{draft_id}/feedback                      > . . . . . . . g y >
POST /comments/{comment_id}/uptake                   > . . . . . . . . y >
GET /review/{draft_id}                               > - - - y y y . g - >
GET /review/{draft_id}/changes                       > - - - y y y . g - >
POST /review/{draft_id}/release                      > - - - y y y . - - >
"""

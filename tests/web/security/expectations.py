"""Who gets what: one line for each address of the site. A new address without a line fails the tests.

The nine signs of a line are, in this order: nobody (not signed in); reader, official, analyst and coordinator of the
organisation that owns everything; a colleague (analyst of another organisation of the same city); the programme manager
of the whole country; a stranger (coordinator in another country); the operator of the site. First what they get when
they ask for the address (GET), then when they post an empty form to it (``none``: it takes no forms).

    +   the page, the file, or the form with what has to be mended
    ~   led on to another page (also: first confirm who you are)
    >   led to the sign-in page, or told to send a token
    -   refused: 403 or 404, and not one word of what it is about
    .   this address takes forms only
"""

PEOPLE = ("nobody", "reader", "official", "analyst", "coordinator", "colleague", "manager", "stranger", "operator")
LINES = """
openid_connect_login             ---------  ---------
openid_connect_callback          ---------  ---------
health                           +++++++++  none
robots                           +++++++++  none
favicon                          ~~~~~~~~~  none
worker                           +++++++++  none
api:openapi                      +++++++++  none
api:places                       >++++++++  none
api:place                        >++++++++  none
api:population                   >++++++++  none
api:organisations                >++++++++  none
api:organisation                 >++++++++  none
api:indicators                   >++++++++  none
api:indicator                    >++++----  none
api:factors                      >++++++++  none
api:substances                   >++++++++  none
api:practices                    >++++++++  none
api:one_practice                 >++++----  none
api:releases                     >++++++++  none
api:release                      >++++++--  none
api:profile                      >++++++--  none
api:sdmx                         >++++++--  none
api:dhis2                        >++++++--  none
api:findings                     >++++++++  none
api:from_source                  >++++++++  none
api:finding                      >++++++--  none
api:why                          >++++++--  none
api:series                       >++++++++  none
api:one_series                   >++++++--  none
api:observations                 >++++++--  none
api:unknown                      ---------  none
api                              +++++++++  none
home                             >++++++++  .........
look                             .........  ~~~~~~~~~
style                            +++++++++  none
style-picture                    +++++++++  none
style-specification              +++++++++  none
account                          >++++++++  none
account_login                    +~~~~~~~~  +~~~~~~~~
account_logout                   >++++++++  >>>>>>>>>
account_inactive                 +++++++++  none
account_reauthenticate           >++++++++  >++++++++
account_change_password          >++++++++  >++++++++
account_set_password             >~~~~~~~~  >~~~~~~~~
account_reset_password           +++++++++  +++++++++
password_reset_mail              .........  ~~~~~~~~~
account_signup                   +++++++++  +++++++++
join                             +++++++++  +++++++++
join_with                        +++++++++  +++++++++
mfa_index                        >++++++++  none
mfa_authenticate                 >~~~~~~~~  >~~~~~~~~
mfa_reauthenticate               >~~~~~~~~  >~~~~~~~~
mfa_activate_totp                >~~~~~~~~  >~~~~~~~~
mfa_deactivate_totp              >--------  >--------
mfa_view_recovery_codes          >--------  none
mfa_generate_recovery_codes      >~~~~~~~~  >~~~~~~~~
mfa_download_recovery_codes      >--------  >--------
mfa_list_webauthn                >++++++++  none
mfa_add_webauthn                 >~~~~~~~~  >~~~~~~~~
mfa_reauthenticate_webauthn      >~~~~~~~~  >~~~~~~~~
mfa_remove_webauthn              >~~~~~~~~  >~~~~~~~~
mfa_edit_webauthn                >~~~~~~~~  >~~~~~~~~
mfa_login_webauthn               >~~~~~~~~  >~~~~~~~~
usersessions_list                >++++++++  >~~~~~~~~
socialaccount_login_cancelled    +++++++++  none
socialaccount_login_error        >>>>>>>>>  .........
socialaccount_signup             >>>>>>>>>  >>>>>>>>>
socialaccount_connections        >++++++++  >++++++++
account_change                   >~~~~~~~~  >~~~~~~~~
account_language                 >........  >~~~~~~~~
tokens                           >~~~~~~~~  >~~~~~~~~
token_revoke                     >........  >---~----
account_export                   >........  >~~~~~~~~
account_erase                    >~~~~~~~~  >~~~~~~~~
account_erased                   +++++++++  none
people                           >++++++++  none
organisation_new                 >-------+  >-------+
organisation                     >++++++++  none
organisation_change              >---+---+  >---+---+
organisation_close               >-------+  >-------~
invite                           >---+---+  >---+---+
invitation_revoke                >........  >---~---~
member                           >---+---+  >---+---+
member_end                       >++++---+  >~--~---~
member_reset                     >........  >---+---+
organisation_audit               >---+---+  none
site_audit                       >-------+  none
accounts                         >-------+  >-------+
account_reset                    >........  >-------+
account_close                    >........  >-------~
places                           >++++++++  none
places_map                       >++++++++  none
place_imports                    >-++++-+-  none
place_import_new                 >-++++-+-  >-++++-+-
place_import                     >-+++----  none
place_import_confirm             >........  >-~~~----
place_import_undo                >........  >-+++----
place                            >++++++++  none
place_map                        >++++++++  none
place_population                 >--------  none
reference                        >++++++++  none
indicator_define                 >-++++-+-  >-++++-+-
reference_indicator              >++++----  none
indicator_withdraw               >........  >-~~~----
reference_factors                >++++++++  none
reference_factor                 >++++++++  none
reference_substances             >++++++++  >++++++++
slang_remove                     >........  >~--~---~
reference_strategies             >++++++++  none
reference_sectors                >++++++++  none
assess                           >++++++++  none
surveys                          >++++++++  none
survey_new                       >---+--+-  >---+--+-
survey                           >-+++----  none
survey_upload                    >--+-----  >--+-----
survey_file_remove               >--+-----  >--~-----
survey_microdata                 >---+----  none
survey_profile                   >--+-----  >--+-----
codebook                         >--+-----  >--+-----
codebook_draft                   >--+-----  >--+-----
codebook_text                    >--+-----  >--+-----
codebook_file                    >--+-----  none
codebook_version                 >--+-----  none
codebook_add                     >--+-----  >--------
codebook_remove                  >--+-----  >--------
codebook_section                 >--+-----  >--------
codebook_item                    >--+-----  >--------
run                              >-+++----  none
releases                         >++++++++  none
release                          >++++++--  none
release_why                      >--------  none
release_share                    >---+----  >---~----
release_withdraw                 >---+----  >---~----
release_documents                >++++++--  none
release_document                 >++++++--  >~~~~~~--
release_indicator                >++++++--  none
release_factor                   >++++++--  none
chart_specification              >++++++--  none
chart                            >++++++--  none
release_part                     >++++++--  none
findings                         >++++++++  none
finding                          >++++++--  none
source                           >++++++--  none
exchange                         >++++++++  none
practice_new                     >-++++++-  >-++++++-
match_choose                     >++++++++  none
match                            >++++++--  none
practice                         >++++----  none
practice_change                  >-+++----  >-+++----
practice_share                   >........  >---~----
practice_withdraw                >........  >---~----
practice_confirm                 >--+-----  >--+-----
practice_take_back               >........  >--~-----
plans                            >++++++++  none
plan_new                         >-+-+--+-  >-+-+--+-
plan                             >++++++--  none
plan_upload                      >-+-+----  >-+-+----
plan_document                    >++++++--  none
deadlines                        >++++++++  none
deadlines_calendar               >++++++++  none
measure                          >++++++--  none
measure_fitting                  >++++++--  none
fitting_measures                 >++++++++  none
measure_offer                    >-+-+----  >-+-+----
measure_invite                   >-+-+----  >-+-+----
post_write                       >-+++++--  >-+++++--
post_edit                        >-+------  >-+------
post_remove                      >-+-+----  >-+-+----
commitment_step                  >-+-+----  >-+-+----
plan_import                      >-+------  >-~------
plan_store                       >........  >-~------
plan_discard                     >........  >-~------
plan_undo                        >-+-+----  >-~-~----
implement                        >++++++++  none
implement_new                    >-+-+--+-  >-+-+--+-
activity                         >++++++--  none
activity_photo                   >++++----  none
activity_change                  >-+-+----  >-+-+----
activity_doubles                 >++++++++  none
activity_decide                  >........  >-~-~----
activity_part                    >........  >-+-+----
reach                            >++++++++  none
donor_form                       >+++++++-  none
activity_cancel                  >-+-+----  >-~-~----
waiting                          >++++++++  none
waiting_state                    >++++++++  none
evaluate                         >++++++++  none
claim                            >++++++++  none
release_claims                   >++++++--  none
trend_claims                     >--------  none
all_series                       >++++++++  none
series_new                       >-++++-+-  >-++++-+-
series_why                       >++++++--  none
series_source                    >++++++--  none
series_import                    >-+++----  none
series_columns                   >-+------  >-+------
series_sheet                     >........  >-~------
series_header                    >........  >-~------
series_preview                   >-+------  none
series_names                     >........  >-~------
series_store                     >........  >-+------
series_rejected                  >-+------  none
series_discard                   >........  >-~------
series_undo                      >-+++----  >-~~~----
series                           >++++++--  none
series_edit                      >-+++----  >-+++----
series_upload                    >-+++----  >-+++----
series_share                     >---+----  >---~----
series_unshare                   >---+----  >---~----
series_numbers                   >++++++--  none
series_picture                   >--------  none
"""


def _read() -> dict[str, dict[str, str]]:
    found = {}
    for line in LINES.strip().splitlines():
        name, get, post = line.split()
        closed = get[0] == ">" and not name.startswith("api:")
        found[name] = {"get": get, "post": f"{'>' if closed else '.'}{8 * '.'}" if post == "none" else post}
    return found


EXPECTED = _read()

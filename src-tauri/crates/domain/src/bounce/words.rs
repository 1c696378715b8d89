//! What mail systems say when they do not deliver, in small letters. The order decides: what is said of the mailbox before
//! what is said of servers and rules, and vague words last.
//! Phrases of one reason stand between bars.

use super::Reason;

/// What is clear.
pub const PHRASES: &[(Reason, &str)] = &[
    (Reason::HostUnknown, "account or domain may not exist"),
    (Reason::UserUnknown, "recipient address rejected: access denied"),
    (
        Reason::MailboxFull,
        "mailbox full|mailbox is full|mailbox was full|quota exceeded|over quota|overquota|\
         over the quota|exceeded storage|exceeds storage|storage limit|storage allocation|\
         exceeded the quota|quota exceed|exceeds allowed message count|disk quota|\
         mailfolder is full|mail box full|user has too many messages|too much mail data|\
         insufficient disk space|not enough storage space in|\
         maildir delivery failed: userdisk quota|exceeded his/her quota|exceeded email quota|\
         out of storage space|is over its quota|has exceeded its|mailbox size limit|\
         account is full|inbox is full|kontingent|postfach ist voll|speicherplatz|\
         quota violation|mailbox would exceed|exceeded it's limit|recipient's mailbox is full|\
         quota limit|over disk|delivery failed: over quota|boîte pleine|\
         boite du destinataire pleine|casella piena|full mailbox|mailbox exceeds",
    ),
    (
        Reason::MessageTooLarge,
        "message too large|message size exceeds|message is too large|message too big|\
         message file too big|exceeds maximum size|exceeded maximum message size|message exceeds|\
         exceeds size|size limit exceeded|max message size|message length exceeds|\
         too large to be|maximum message size|message size exceeded|exceeds the maximum|\
         nachricht ist zu groß|larger than the current system limit",
    ),
    (
        Reason::HasMoved,
        "has moved|account has been replaced|mailbox has moved|no longer works here|\
         address changed|user has moved|is no longer at|has been replaced by",
    ),
    (
        Reason::Suspended,
        "account is disabled|account disabled|account has been disabled|mailbox disabled|\
         mailbox is disabled|suspended|is inactive|account inactive|not active|inactive account|\
         account that you tried to reach is disabled|mailbox currently suspended|user is locked|\
         account is locked|account locked|account expired|mailbox is frozen|temporarily locked|\
         account not in service|disabled by|mailbox unavailable because|inactive user|\
         user account is disabled|unavailable or disabled|recipient is disabled|boite suspendue|\
         boite inactive|invalid/inactive user|account deactivated|recipient suspend|\
         temporary locked|disabled recipient|disabled or discontinued",
    ),
    (Reason::Virus, "virus|infected|malware|trojan"),
    (
        Reason::AuthFailure,
        "spf|dkim|dmarc|unauthenticated email|authentication checks|authentication information|\
         sender id (pra)|sender policy framework",
    ),
    (
        Reason::Blocked,
        "reverse dns|ptr record|does not have a ptr|no ptr|rdns|missing ptr|reverse lookup|\
         unable to resolve sender ip|cannot find your hostname|client host rejected: cannot find|\
         fix reverse|unresolvable reverse|resolve your ip|valid ptr|unverified dns|\
         reverse hostname|reverse name",
    ),
    (
        Reason::NoRelaying,
        "relaying denied|relay denied|relay access denied|not permitted to relay|unable to relay|\
         relay not permitted|relaying not|relaying is prohibited|relaying prohibited|\
         not allowed to relay|must authenticate first|we do not relay|no relaying|\
         relaying mail to|this system is not configured to relay|insecure mail relay|open relay|\
         relay is not allowed|not local host|authentication required for relay|\
         mail server requires authentication when",
    ),
    (Reason::Blocked, "spamhaus|spamcop|dnsbl|blocked using"),
    (
        Reason::Spam,
        "spam|junk mail|bulk mail|unsolicited|message content rejected due to suspected|\
         appears to be unsolicited|uribl|surbl|high probability of being|blacklisted url|\
         cloudmark|resinfo",
    ),
    (Reason::Blocked, "bad reputation|poor reputation|reputation|sender score"),
    (
        Reason::RateLimited,
        "too many connections|too many concurrent|too many sessions|connection rate|rate limit|\
         too many messages|sending rate|too many emails|daily limit|hourly limit|\
         exceeded the limit|sending limit|too many recipients|max number of|throttl|per session|\
         messages per",
    ),
    (
        Reason::Blocked,
        "blocked|block list|blocklist|blacklist|black list|dnsbl|spamhaus|spamcop|sorbs|\
         barracudacentral|banned|access denied|client host rejected|ip address has been|your ip|\
         poor ip|dynamic ip|dialup|dynamic/generic|not allowed to connect|\
         connections not accepted from|go away|bad helo|helo command rejected|host rejected|\
         invalid ip|smtp access|my name was rejected| rbl|cdrbl",
    ),
    (
        Reason::Rejected,
        "after mail from|sender address rejected|sender rejected|domain of sender|sender domain",
    ),
    (
        Reason::NotAccept,
        "does not accept mail|does not accept any mail|nullmx|null mx|\
         name server: .: host not found|host does not receive mail|doesn't accept mail|\
         no smtp service",
    ),
    (
        Reason::HostUnknown,
        "host unknown|unknown host|host not found|domain not found|no such domain|\
         unrouteable mail domain|unrouteable domain|name or service not known|\
         domain does not exist|domain must exist|non-existent host|nonexistent domain|\
         couldn't find any host|can't find any host|unable to find host|invalid domain|\
         illegal host/domain|domain is not reachable|no mx record|no mx or a records|\
         doesn't have mx|mx records|recipient domain must|host or domain name not found|\
         cannot resolve|unknown domain|type=mx|type=aaaa|bad destination host|dns failure|\
         dns error|no such host|dns server returned answer with no data|doesn't exist: domain|\
         address resolution|dns lookup failure|account or domain may not exist|\
         host lookup did not complete",
    ),
    (
        Reason::UserUnknown,
        "user unknown|user not known|unknown user|no such user|user not found|unknown recipient|\
         recipient unknown|unknown local|no such recipient|recipient not found|unknown mailbox|\
         no such mailbox|mailbox not found|mailbox does not exist|mailbox unavailable|\
         does not exist|doesn't exist|not exist|invalid recipient|invalid mailbox|invalid user|\
         invalid address|bad destination mailbox|bad recipient|no mailbox here|not a known user|\
         is not a known|not a valid|unrouteable address|undeliverable address|address unknown|\
         unknown address|unknown account|no such address|not listed in|isn't a valid|\
         is not listed|user doesn't have|user does not have|doesn't have a|does not have a yahoo|\
         no longer available|account is unavailable|addressee unknown|unknown email|\
         no valid recipient|recipient is not|recipient not exist|user is unknown|nicht gefunden|\
         existiert nicht|unbekannt|utente sconosciuto|destinataire inconnu|adresse inconnue|\
         adresse d au moins un destinataire invalide|this account is not|not our customer|\
         no one by that name|not in directory|rejected user|resolver.adr.recipnotfound|\
         resolver.adr.exrecipnotfound|couldn't be found|wasn't found|could not be found|\
         unable to find user|delivery attempts will no longer|no local mailbox|\
         not known at this site|nosuchuser|not a local|unable to validate recipient|\
         can't be found|mailbox name not allowed|no such person",
    ),
    (
        Reason::Policy,
        "policy|not allowed by|prohibited|administrative prohibition|administratively|security|\
         delivery not authorized|not authorized|violation",
    ),
    (
        Reason::Content,
        "improper use|non-rfc|rfc 5322|rfc5322|message format|bare lf|message content|\
         content rejected|media error|bad content|mime error|header error",
    ),
    (
        Reason::SystemError,
        "insufficient system|insufficient system storage|no space left|out of disk|system error|\
         i/o error|local error|configuration error|mail loop|loop detected|too many hops|\
         hop count|server error|internal error|internal software|can't create|cannot create|\
         input/output|lmtp|read-only|unable to create|temporary local problem|file table|\
         service unavailable|local configuration",
    ),
    (
        Reason::Expired,
        "timed out|timeout|time out|too old|retry time|retry timeout|delivery time expired|\
         delivery expired|message expired|expired|connection timed|not been delivered|\
         could not be delivered for|delayed|will keep trying|still trying|\
         been in the queue too long|queue too long|has been delayed",
    ),
    (
        Reason::NetworkError,
        "remote protocol error|connection reset|no answer|connection refused|unable to connect|could not connect|unreachable|connect to|\
         no route to host|network error|network is",
    ),
];

/// What counts only where neither clear words nor a code say more.
pub const PHRASES_LAST: &[(Reason, &str)] = &[
    (Reason::UserUnknown, "recipient rejected|recipient address rejected|user (|no account"),
    (
        Reason::Rejected,
        "sender address rejected|sender rejected|access denied|rejected|denied|refused|\
         not accepted",
    ),
];

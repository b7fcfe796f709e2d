// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO access: security", description = "Who may call this server, and under which names.")
@interface SecurityConfig {

    @AttributeDefinition(
            name = "Host names",
            description =
                    "Names under which this server may be called, beside loopback names and the address it is bound to. A"
                            + " call with another Host or Origin is refused.")
    String[] hostNames() default {};

    @AttributeDefinition(
            name = "Guarded paths",
            description =
                    "Paths that only administrators may call, even on a loopback address, with everything below them; * stands"
                            + " for one segment of a path. What is guarded below /api/v1/KIND is guarded below"
                            + " /api/v1/kinds/KIND, too.")
    String[] guardedPaths() default {"/api/v1/configurations", "/system/console"};

    @AttributeDefinition(
            name = "Guarded changes",
            description =
                    "Paths that need credentials for every method but GET, HEAD and OPTIONS, even on a loopback address; what"
                            + " the caller may do is decided by its role. /api/v1/KIND holds for /api/v1/kinds/KIND, too.")
    String[] guardedChanges() default {
        "/api/v1/users",
        "/api/v1/keys",
        "/api/v1/grants",
        "/api/v1/password",
        "/api/v1/plugins",
        "/api/v1/signers",
        "/api/v1/strategies",
        "/api/v1/shadows/*/promote",
        "/api/v1/infrastructure",
        "/api/v1/defaults",
        "/api/v1/runtime"
    };

    @AttributeDefinition(
            name = "Require credentials",
            description =
                    "Asks for credentials on a loopback address, too, for every path except the health checks and the"
                            + " login. Calls of a proxy need them anyway: those under a name that is not of this machine, or"
                            + " with a header such as X-Forwarded-For or Via.")
    boolean requireToken() default false;

    @AttributeDefinition(
            name = "Role without credentials",
            description = "Role of a caller without credentials where none are needed: viewer, deployer, operator,"
                    + " plugin-admin or admin.")
    String anonymousRole() default "operator";

    @AttributeDefinition(
            name = "Token file",
            description = "Where the administrator's token is kept; empty means DATA/etc/admin.token.")
    String tokenFile() default "";

    @AttributeDefinition(
            name = "Create token",
            description = "Makes the administrator's token at the first start; false: somebody has to put it there.")
    boolean createToken() default true;

    @AttributeDefinition(
            name = "Refuse known credentials",
            description =
                    "Ends a server that starts while the administrator's token or a configured credential is missing,"
                            + " or is a default that everybody knows; the log says what to set.")
    boolean refuseKnownCredentials() default false;

    @AttributeDefinition(
            name = "Secret for alerts",
            description =
                    "Reference (file:PATH or env:NAME) of a secret that POST /alerts asks for, as Bearer token or Basic"
                            + " password; empty means none. While it cannot be resolved, alerts are refused.")
    String alertsSecret() default "";

    @AttributeDefinition(
            name = "Limit requests",
            description =
                    "Whether requests of one caller are limited: of a principal, or of an address without credentials."
                            + " A caller beyond a limit is answered 429 with Retry-After.")
    boolean limitRequests() default true;

    @AttributeDefinition(
            name = "Reads per second",
            description = "Requests of one caller that change nothing, in the long run.",
            min = "1")
    int readsPerSecond() default 500;

    @AttributeDefinition(
            name = "Burst of reads",
            description = "Reads that one caller may have at once after a pause.",
            min = "1")
    int readBurst() default 5_000;

    @AttributeDefinition(
            name = "Writes per second",
            description = "Requests of one caller that change something, in the long run.",
            min = "1")
    int writesPerSecond() default 100;

    @AttributeDefinition(
            name = "Burst of writes",
            description = "Writes that one caller may have at once after a pause.",
            min = "1")
    int writeBurst() default 2_000;

    @AttributeDefinition(
            name = "MiB of bodies per minute",
            description = "Bodies of one caller; one that is larger than that is admitted after a pause.",
            min = "1")
    int bodyMiBPerMinute() default 512;

    @AttributeDefinition(
            name = "Unlimited principals",
            description =
                    "Principals whose requests are not limited, such as admin, that of the administrator's token.")
    String[] unlimitedPrincipals() default {"admin"};
}

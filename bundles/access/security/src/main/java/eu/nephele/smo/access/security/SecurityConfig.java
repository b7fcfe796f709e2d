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
                    "Paths that need the administrator's token even on a loopback address, with everything below them; * stands"
                            + " for one segment of a path. What is guarded below /api/v1/KIND is guarded below"
                            + " /api/v1/kinds/KIND, too.")
    String[] guardedPaths() default {"/api/v1/audit", "/api/v1/configurations", "/system/console"};

    @AttributeDefinition(
            name = "Guarded changes",
            description =
                    "As guarded paths, for every method but GET, HEAD and OPTIONS: whoever may look may yet change nothing."
                            + " /api/v1/KIND holds for /api/v1/kinds/KIND, too.")
    String[] guardedChanges() default {
        "/api/v1/plugins",
        "/api/v1/strategies",
        "/api/v1/shadows/*/promote",
        "/api/v1/infrastructure",
        "/api/v1/defaults",
        "/api/v1/runtime"
    };

    @AttributeDefinition(
            name = "Require token",
            description = "Asks for a token on a loopback address, too, for every path except the health checks.")
    boolean requireToken() default false;

    @AttributeDefinition(
            name = "Token file",
            description = "Where the administrator's token is kept; empty means DATA/etc/admin.token.")
    String tokenFile() default "";

    @AttributeDefinition(
            name = "Secret for alerts",
            description =
                    "Reference (file:PATH or env:NAME) of a secret that POST /alerts asks for, as Bearer token or Basic"
                            + " password; empty means none. While it cannot be resolved, alerts are refused.")
    String alertsSecret() default "";
}

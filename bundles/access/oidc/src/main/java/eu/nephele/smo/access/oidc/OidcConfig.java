// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of one identity provider. */
@ObjectClassDefinition(
        name = "SMO access: identity provider",
        description =
                "An identity provider (OpenID Connect) whose tokens count here, and by which people log in. One configuration per provider: PID~NAME.")
@interface OidcConfig {

    @AttributeDefinition(
            description =
                    "Name of the provider, which begins the names of its users (NAME:USER) and groups (group:NAME/GROUP): 1 to 40 lower-case letters, digits and -, and not group, key, cert or user; empty: the NAME behind ~")
    String provider() default "";

    @AttributeDefinition(description = "Issuer, exactly as its tokens name it; required")
    String issuer() default "";

    @AttributeDefinition(
            description = "What tokens of calls have to name as their audience; empty: the same as clientId")
    String audience() default "";

    @AttributeDefinition(description = "Address of its keys; empty: as ISSUER/.well-known/openid-configuration says")
    String jwksUri() default "";

    @AttributeDefinition(description = "Client that this server is at the provider; empty: nobody logs in by it")
    String clientId() default "";

    @AttributeDefinition(
            description =
                    "Reference (file:PATH, env:NAME) of the secret of the client; empty: a public client, which has none")
    String clientSecret() default "";

    @AttributeDefinition(
            description =
                    "Claim with the name of the user; tokens without it are refused. Of email only verified ones count")
    String userClaim() default "preferred_username";

    @AttributeDefinition(
            description =
                    "Claim with the groups of the user, or the path to it, such as realm_access.roles; empty: groups do not count")
    String groupsClaim() default "groups";

    @AttributeDefinition(description = "What a login asks for; openid is one of it")
    String[] scopes() default {"openid", "profile"};

    @AttributeDefinition(description = "Signatures that count; only asymmetric ones are possible")
    String[] algorithms() default {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"
    };

    @AttributeDefinition(
            description = "So many seconds the clocks of provider and server may differ.",
            min = "0",
            max = "300")
    int clockSkewSeconds() default 60;

    @AttributeDefinition(
            description = "After so many seconds keys are read anew, in the background.",
            min = "10",
            max = "86400")
    int keysRefreshSeconds() default 300;

    @AttributeDefinition(
            description = "So many hours the last keys count while the provider is away.",
            min = "1",
            max = "168")
    int keysKeptHours() default 24;

    @AttributeDefinition(
            description = "At most once in so many seconds keys are read because a token names one that is not known.",
            min = "1",
            max = "3600")
    int unknownKeySeconds() default 10;

    @AttributeDefinition(
            description =
                    "Address of this server as browsers reach it, for logins by them; empty: as their requests name it")
    String publicUrl() default "";

    @AttributeDefinition(description = "How long a connection may take.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(description = "How long a whole answer may take.", min = "1")
    int timeoutMillis() default 5000;

    @AttributeDefinition(description = "Proxy, http://HOST:PORT; empty: none")
    String proxy() default "";

    @AttributeDefinition(
            description =
                    "File with certificates (PEM) that are trusted instead of those of the Java runtime; empty: those")
    String caFile() default "";
}

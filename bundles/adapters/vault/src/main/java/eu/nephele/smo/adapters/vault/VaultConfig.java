// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.vault;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of secrets in a Vault. */
@ObjectClassDefinition(
        name = "SMO Vault",
        description =
                "Secrets by reference in the key-value engine of HashiCorp Vault or OpenBao, vault:MOUNT/PATH#KEY: the server, and how"
                        + " this one logs in there.")
@interface VaultConfig {

    @AttributeDefinition(
            description = "Address of the server, https or http, for example https://vault.example:8200; required")
    String url() default "";

    @AttributeDefinition(description = "Namespace (Vault Enterprise, OpenBao), sent with each call; empty: none")
    String namespace() default "";

    @AttributeDefinition(
            description =
                    "File with certificates (PEM) that are trusted instead of those of the Java runtime; relative to the data"
                            + " directory. Empty: those")
    String caFile() default "";

    @AttributeDefinition(description = "Proxy on the way, http://HOST:PORT; empty: none")
    String proxy() default "";

    @AttributeDefinition(description = "How long a connection may take.", min = "1")
    int connectTimeoutMillis() default 1000;

    @AttributeDefinition(description = "How long a whole answer may take.", min = "1")
    int timeoutMillis() default 3000;

    @AttributeDefinition(
            description =
                    "How this server logs in: with a token of its own, by AppRole, or with the service account of its pod",
            options = {
                @Option(label = "token", value = "token"),
                @Option(label = "approle", value = "approle"),
                @Option(label = "kubernetes", value = "kubernetes")
            })
    String auth() default "token";

    @AttributeDefinition(description = "Path where the login is mounted; empty: the name of the login")
    String authPath() default "";

    @AttributeDefinition(description = "token: reference (file:PATH, env:NAME, k8s:NAMESPACE/NAME/KEY) of the token")
    String token() default "";

    @AttributeDefinition(description = "approle: the role id, which is no secret")
    String roleId() default "";

    @AttributeDefinition(
            description =
                    "approle: reference (file:PATH, env:NAME, k8s:NAMESPACE/NAME/KEY) of the secret id; empty: none is needed")
    String secretId() default "";

    @AttributeDefinition(description = "kubernetes: the role")
    String role() default "";

    @AttributeDefinition(description = "kubernetes: file with the token of the service account, read at each login")
    String serviceAccountToken() default "/var/run/secrets/kubernetes.io/serviceaccount/token";

    @AttributeDefinition(
            description =
                    "Mounts as MOUNT=1 or MOUNT=2, by the version of their key-value engine. Others: the first part of the path, version 2")
    String[] mounts() default {};

    @AttributeDefinition(description = "How long a value is used without asking again.", min = "1")
    int cacheSeconds() default 10;

    @AttributeDefinition(
            description = "How long the last value is used while Vault cannot be reached, is sealed or has no leader.",
            min = "0")
    int keptMinutes() default 60;
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.vault;

import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Checked configuration; a failure names the property, and never a text that may be a secret.
 *
 * @param namespace "" for none
 * @param mounts version of the key-value engine by mount
 * @param fresh how long a value counts without asking again
 * @param kept how long the last one counts while Vault is away
 */
record VaultSettings(
        HttpSettings http,
        String namespace,
        VaultAuth auth,
        Map<String, Integer> mounts,
        Duration fresh,
        Duration kept) {

    static final String PID = "eu.nephele.smo.adapters.vault";
    static final String SYSTEM = "vault";

    /** A secret is small; Vault itself takes no more than 1 MiB by default. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*");
    private static final Pattern REFERENCE = Pattern.compile("(?:file|env|k8s):.+");

    VaultSettings {
        mounts = Map.copyOf(mounts);
    }

    /** How this server becomes known to Vault. */
    sealed interface VaultAuth {

        /** @param reference of the token */
        record TokenAuth(String reference) implements VaultAuth {}

        /** @param secretId reference; empty when the role needs none */
        record AppRole(String path, String roleId, Optional<String> secretId) implements VaultAuth {}

        /** @param tokenFile of the service account */
        record ServiceAccount(String path, String role, String tokenFile) implements VaultAuth {}
    }

    /** @throws IllegalArgumentException naming the property */
    static VaultSettings from(VaultConfig config) {
        if (config.url().isBlank()) {
            throw wrong("url", "is missing: the address of Vault, https://HOST:PORT");
        }
        HttpSettings http = new HttpSettings(
                SYSTEM,
                config.url(),
                Duration.ofMillis(atLeast("connectTimeoutMillis", 1, config.connectTimeoutMillis())),
                Duration.ofMillis(atLeast("timeoutMillis", 1, config.timeoutMillis())),
                MOST_BYTES,
                Optional.of(config.proxy()).filter(text -> !text.isBlank()),
                Optional.of(config.caFile()).filter(text -> !text.isBlank()),
                new Credentials.None());
        String namespace = config.namespace().strip();
        return new VaultSettings(
                http,
                namespace.isEmpty() ? "" : names("namespace", namespace.replaceAll("^/|/$", "")),
                auth(config),
                mounts(config.mounts()),
                Duration.ofSeconds(atLeast("cacheSeconds", 1, config.cacheSeconds())),
                Duration.ofMinutes(atLeast("keptMinutes", 0, config.keptMinutes())));
    }

    private static VaultAuth auth(VaultConfig config) {
        String path = config.authPath().isBlank() ? config.auth() : config.authPath();
        return switch (config.auth()) {
            case "token" -> new VaultAuth.TokenAuth(reference("token", config.token()));
            case "approle" ->
                new VaultAuth.AppRole(
                        names("authPath", path),
                        given("roleId", config.roleId()),
                        config.secretId().isBlank()
                                ? Optional.empty()
                                : Optional.of(reference("secretId", config.secretId())));
            case "kubernetes" ->
                new VaultAuth.ServiceAccount(
                        names("authPath", path),
                        given("role", config.role()),
                        given("serviceAccountToken", config.serviceAccountToken()));
            default -> throw wrong("auth", "is none of token, approle, kubernetes");
        };
    }

    private static Map<String, Integer> mounts(String... texts) {
        Map<String, Integer> mounts = new TreeMap<>();
        for (String text : texts) {
            String[] parts = text.strip().split("=", 2);
            if (parts.length != 2 || !parts[1].matches("[12]")) {
                throw wrong("mounts", "has an entry that is not MOUNT=1 or MOUNT=2");
            }
            mounts.put(names("mounts", parts[0].replaceAll("^/|/$", "")), Integer.valueOf(parts[1]));
        }
        return mounts;
    }

    private static String reference(String key, String text) {
        if (!REFERENCE.matcher(text).matches()) {
            throw wrong(key, "is not the reference of a secret: file:PATH, env:NAME or k8s:NAMESPACE/NAME/KEY");
        }
        return text;
    }

    private static String names(String key, String text) {
        if (!NAMES.matcher(text).matches()) {
            throw wrong(key, "has other characters than letters, digits, '_', '.', '-', and '/' between names");
        }
        return text;
    }

    private static String given(String key, String text) {
        if (text.isBlank()) {
            throw wrong(key, "is missing");
        }
        return text.strip();
    }

    private static long atLeast(String key, long least, long value) {
        if (value < least) {
            throw wrong(key, "is %d, expected at least %d".formatted(value, least));
        }
        return value;
    }

    private static IllegalArgumentException wrong(String key, String why) {
        return new IllegalArgumentException("%s: %s %s".formatted(PID, key, why));
    }
}

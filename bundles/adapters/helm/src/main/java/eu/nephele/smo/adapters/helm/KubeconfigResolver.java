// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Resolves connections to kubeconfigs, again at every use: a secret may have been replaced. */
final class KubeconfigResolver {

    private final Supplier<? extends Collection<SecretSource>> secrets;
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final HelmJson json;

    KubeconfigResolver(Supplier<? extends Collection<SecretSource>> secrets, HelmJson json) {
        this.secrets = secrets;
        this.json = json;
    }

    /**
     * The kubeconfig of a connection, with the context of the connection as its current one. JSON, which is YAML.
     *
     * @throws AdapterException {@code REFUSED} if the secret does not exist, or is not a kubeconfig; {@code UNAVAILABLE} while
     *     no source of secrets is available
     */
    String load(String connection) {
        int hash = separator(connection);
        String reference = hash < 0 ? connection : connection.substring(0, hash);
        String secret = resolve(reference);
        JsonObject content;
        try {
            content = json.object(yaml.convertToJson(secret));
        } catch (IOException | RuntimeException unreadable) {
            // without the cause: it may quote the secret
            throw refused("The secret %s is not a kubeconfig: it is not a YAML mapping".formatted(reference));
        }
        if (hash < 0) {
            return content.toJson();
        }
        String context = connection.substring(hash + 1);
        if (!names(content, "contexts").contains(context)) {
            throw refused("The kubeconfig %s has no context %s; it has %s"
                    .formatted(reference, context, names(content, "contexts")));
        }
        return content.with("current-context", new JsonString(context)).toJson();
    }

    /** A reference to a secret in Vault has one before its key. */
    private static int separator(String connection) {
        int last = connection.lastIndexOf('#');
        return connection.startsWith("vault:") && last == connection.indexOf('#') ? -1 : last;
    }

    private String resolve(String reference) {
        Collection<SecretSource> present = List.copyOf(secrets.get());
        if (present.isEmpty()) {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    HelmErrors.SYSTEM,
                    "No source of secrets is available (0 SecretSource services); %s is needed".formatted(reference));
        }
        return present.stream()
                .map(source -> resolve(source, reference))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> refused("The secret %s for a kubeconfig does not exist".formatted(reference)));
    }

    private static Optional<String> resolve(SecretSource source, String reference) {
        try {
            return source.resolve(reference);
        } catch (AdapterException unreadable) {
            throw new AdapterException(
                    unreadable.kind(), HelmErrors.SYSTEM, unreadable.getMessage(), unreadable.retryAfter(), unreadable);
        }
    }

    private static List<String> names(JsonObject content, String list) {
        return content.get(list).flatMap(JsonValue::asArray).orElse(List.of()).stream()
                .flatMap(item -> item.asObject().stream())
                .flatMap(item -> item.get("name").flatMap(JsonValue::asString).stream())
                .toList();
    }

    private static AdapterException refused(String message) {
        return new AdapterException(Kind.REFUSED, HelmErrors.SYSTEM, message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.kubernetes;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.adapters.kubernetes.ClusterAccess.AccessSettings;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretCache;
import eu.nephele.smo.api.port.SecretSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code k8s:NAMESPACE/NAME/KEY}, from the Secrets of a Kubernetes cluster. It needs the verb get for each named Secret and nothing else.
 * One line break at the end is not part of the secret, as with files.
 */
@Component(
        configurationPid = KubernetesSecrets.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = SecretSource.SCHEME + "=k8s")
@Designate(ocd = KubernetesSecretsConfig.class)
public final class KubernetesSecrets implements SecretSource {

    static final String PID = "eu.nephele.smo.adapters.kubernetes";
    static final String SYSTEM = "kubernetes-secrets";

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesSecrets.class);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    // none of Vault: that one may take its own login from here, and two that wait for each other never come
    @Reference(
            cardinality = MULTIPLE,
            policy = DYNAMIC,
            policyOption = GREEDY,
            target = "(!(|(" + SecretSource.SCHEME + "=k8s)(" + SecretSource.SCHEME + "=vault)))")
    private volatile List<SecretSource> sources;

    private final ClusterAccess access;
    private final SecretCache cache;

    @Activate
    public KubernetesSecrets(KubernetesSecretsConfig config) {
        this(
                new AccessSettings(
                        Optional.of(config.kubeconfig()).filter(text -> !text.isBlank()),
                        Path.of(config.serviceAccount()),
                        Duration.ofMillis(config.connectTimeoutMillis()),
                        Duration.ofMillis(config.timeoutMillis())),
                System.getenv(),
                List.of(),
                new SecretCache(
                        Duration.ofSeconds(config.cacheSeconds()),
                        Duration.ofMinutes(config.keptMinutes()),
                        System::nanoTime));
    }

    /**
     * @param environment variables by which a pod finds its API server
     * @param sources of the kubeconfig
     */
    KubernetesSecrets(
            AccessSettings settings, Map<String, String> environment, List<SecretSource> sources, SecretCache cache) {
        this.sources = List.copyOf(sources);
        this.access = new ClusterAccess(settings, this::own, environment);
        this.cache = cache;
    }

    @Deactivate
    void close() {
        cache.clear();
        access.close();
    }

    @Override
    public Optional<String> resolve(String reference) {
        if (!reference.startsWith(SecretKeyReference.PREFIX)) {
            return Optional.empty();
        }
        SecretKeyReference place = SecretKeyReference.parse(reference)
                .orElseThrow(() -> new AdapterException(
                        Kind.REFUSED,
                        SYSTEM,
                        "A reference to a secret in Kubernetes has another form: expected k8s:NAMESPACE/NAME/KEY"));
        return cache.find(reference, () -> read(reference, place));
    }

    private Optional<String> read(String reference, SecretKeyReference place) {
        try {
            Optional<Secret> secret = Optional.ofNullable(access.client()
                    .secrets()
                    .inNamespace(place.namespace())
                    .withName(place.name())
                    .get());
            return secret.flatMap(found -> Optional.ofNullable(found.getData()))
                    .flatMap(data -> Optional.ofNullable(data.get(place.key())))
                    .map(KubernetesSecrets::text);
        } catch (RuntimeException failure) {
            AdapterException told = failure instanceof AdapterException own ? own : told(reference, failure);
            LOG.warn("reading a secret from Kubernetes failed kind={} reason=\"{}\"", told.kind(), told.getMessage());
            throw told;
        }
    }

    private static String text(String base64) {
        String text = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Without the words of the API server and without the cause: a gateway before it may repeat the token that it was sent. */
    private static AdapterException told(String reference, RuntimeException failure) {
        int code = failure instanceof KubernetesClientException client ? client.getCode() : 0;
        String why =
                code > 0 ? "HTTP %d%s".formatted(code, advice(code)) : "no answer (%s)".formatted(deepest(failure));
        return new AdapterException(kind(code, failure), SYSTEM, "Read the secret %s: %s".formatted(reference, why));
    }

    private static Kind kind(int code, RuntimeException failure) {
        if (code > 0) {
            return code == TOO_MANY || code >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof HttpTimeoutException || at instanceof TimeoutException) {
                return Kind.TIMED_OUT;
            }
        }
        return Kind.UNAVAILABLE;
    }

    private static String advice(int code) {
        return switch (code) {
            case UNAUTHORIZED -> ": the credentials are not accepted";
            case FORBIDDEN -> ": let the service account get this Secret, see docs/operate/kubernetes/access.yaml";
            default -> "";
        };
    }

    private static String deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getClass().getSimpleName();
    }

    private Optional<String> own(String reference) {
        return SecretSource.first(sources, reference);
    }
}

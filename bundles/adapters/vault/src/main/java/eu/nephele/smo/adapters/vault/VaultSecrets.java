// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.vault;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.adapters.vault.VaultApi.VaultAnswer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretCache;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.port.http.HttpSystems;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code vault:MOUNT/PATH#KEY}, from the key-value engine of a Vault, version 2 or 1. */
@Component(
        configurationPid = VaultSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = SecretSource.SCHEME + "=vault")
@Designate(ocd = VaultConfig.class)
public final class VaultSecrets implements SecretSource {

    private static final Logger LOG = LoggerFactory.getLogger(VaultSecrets.class);
    private static final long TEND_SECONDS = 5;

    @Reference(
            cardinality = MULTIPLE,
            policy = DYNAMIC,
            policyOption = GREEDY,
            target = "(!(" + SecretSource.SCHEME + "=vault))")
    private volatile List<SecretSource> sources;

    private final VaultSettings settings;
    private final HttpSystem http;
    private final VaultApi api;
    private final VaultSession session;
    private final SecretCache cache;
    private final Optional<ScheduledExecutorService> ticker;
    private final Optional<ScheduledFuture<?>> ticks;

    @Activate
    public VaultSecrets(VaultConfig config, @Reference HttpSystems systems) {
        this(VaultSettings.from(config), systems, List.of(), System::nanoTime, true);
    }

    /**
     * @param sources of the secrets that this server logs in with
     * @param nanos as {@link System#nanoTime}
     * @param tended whether the token is renewed by a thread of its own
     */
    VaultSecrets(
            VaultSettings settings,
            HttpSystems systems,
            List<SecretSource> sources,
            LongSupplier nanos,
            boolean tended) {
        this.sources = List.copyOf(sources);
        this.settings = settings;
        this.http = systems.open(settings.http());
        this.api = new VaultApi(http, settings.namespace());
        this.session = new VaultSession(api, settings.auth(), this::own, nanos);
        this.cache = new SecretCache(settings.fresh(), settings.kept(), nanos);
        this.ticker = tended
                ? Optional.of(Executors.newSingleThreadScheduledExecutor(VaultSecrets::daemon))
                : Optional.empty();
        this.ticks = ticker.map(
                thread -> thread.scheduleWithFixedDelay(this::tend, TEND_SECONDS, TEND_SECONDS, TimeUnit.SECONDS));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "smo-vault");
        thread.setDaemon(true);
        return thread;
    }

    @Deactivate
    void close() {
        ticks.ifPresent(ticking -> ticking.cancel(false));
        ticker.ifPresent(ScheduledExecutorService::shutdownNow);
        cache.clear();
        http.close();
    }

    /** What the thread does, which goes on whatever happens: without it tokens end. */
    void tend() {
        try {
            session.tend();
        } catch (RuntimeException unexpected) {
            // without its message: that of a client may have the token in it
            LOG.warn(
                    "tending the token of Vault failed reason={}",
                    unexpected.getClass().getName());
        }
    }

    @Override
    public Optional<String> resolve(String reference) {
        if (!reference.startsWith(VaultReference.PREFIX)) {
            return Optional.empty();
        }
        VaultReference place = VaultReference.parse(reference, settings.mounts())
                .orElseThrow(() -> new AdapterException(
                        Kind.REFUSED,
                        VaultSettings.SYSTEM,
                        "A reference to a secret in Vault has another form: expected vault:MOUNT/PATH#KEY"));
        return cache.find(reference, () -> read(reference, place));
    }

    private Optional<String> read(String reference, VaultReference place) {
        String what = "Read the secret " + reference;
        try {
            String token = session.token();
            VaultAnswer answer = api.read(place.apiPath(), token, what);
            if (answer.status() == VaultApi.FORBIDDEN && session.refused(token)) {
                // it may have been revoked, or have ended a moment ago: once more with a new one
                answer = api.read(place.apiPath(), session.token(), what);
            }
            return value(answer, place, what);
        } catch (AdapterException failed) {
            LOG.warn("reading from Vault failed kind={} reason=\"{}\"", failed.kind(), failed.getMessage());
            throw failed;
        }
    }

    /** Of a version that was deleted or destroyed there is metadata without data, with 404. */
    private static Optional<String> value(VaultAnswer answer, VaultReference place, String what) {
        if (answer.status() == VaultApi.NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.isGood()) {
            throw VaultApi.failure(answer, what);
        }
        JsonNode data = answer.body().path("data");
        JsonNode value = (place.version() == 1 ? data : data.path("data")).path(place.key());
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (value.isContainerNode()) {
            throw new AdapterException(
                    Kind.REFUSED,
                    VaultSettings.SYSTEM,
                    what + ": the value is no text; is the version of the mount right?");
        }
        return Optional.of(value.asText());
    }

    private Optional<String> own(String reference) {
        return SecretSource.first(sources, reference);
    }
}

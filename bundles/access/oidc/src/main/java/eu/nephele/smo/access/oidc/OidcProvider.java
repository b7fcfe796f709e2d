// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.oidc.keys.KeyCache;
import eu.nephele.smo.access.oidc.login.LoginProvider;
import eu.nephele.smo.access.oidc.login.ProviderLogins;
import eu.nephele.smo.access.oidc.outside.HttpExchange;
import eu.nephele.smo.access.oidc.outside.ProviderMetadata;
import eu.nephele.smo.access.oidc.token.BearerTokens;
import eu.nephele.smo.access.oidc.token.TokenCheck;
import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.http.HttpSystems;
import eu.nephele.smo.core.contract.identity.ProviderExchange;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One identity provider: its tokens are credentials, and people log in by it. */
@Component(
        service = {Authenticator.class, LoginProvider.class},
        configurationPid = OidcProvider.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = OidcConfig.class, factory = true)
public final class OidcProvider implements Authenticator, LoginProvider {

    static final String PID = "eu.nephele.smo.access.oidc";

    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
    private static final Duration TICK = Duration.ofSeconds(2);

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OutsideGuard guard;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<SecretSource> secrets = List.of();

    private final OidcSettings settings;
    private final HttpExchange exchange;
    private final BearerTokens tokens;
    private final Optional<ProviderLogins> logins;
    private final ScheduledExecutorService ticker;
    private final ScheduledFuture<?> ticks;

    /** @throws IllegalArgumentException if a configured value is invalid */
    @Activate
    public OidcProvider(@Reference HttpSystems systems, OidcConfig config, Map<String, Object> properties) {
        this(
                systems,
                OidcSettings.from(config, String.valueOf(properties.getOrDefault("service.pid", ""))),
                Clock.systemUTC());
    }

    OidcProvider(HttpSystems systems, OidcSettings settings, InstantSource clock) {
        this.settings = settings;
        this.exchange = new HttpExchange(systems, settings.reach());
        ProviderMetadata metadata =
                new ProviderMetadata(settings.reach().system(), settings.rules().issuer(), this::guarded, clock);
        KeyCache keys = new KeyCache(settings.provider(), () -> keysOf(metadata), settings.keys(), clock);
        TokenCheck check = new TokenCheck(settings.rules(), keys, clock);
        this.tokens = new BearerTokens(
                check, settings.callers(), keys, settings.rules().skew(), clock);
        this.logins = settings.client()
                .map(client ->
                        new ProviderLogins(client, settings.callers(), check, metadata, this::guarded, this::resolved));
        this.ticker = Executors.newSingleThreadScheduledExecutor(this::daemon);
        this.ticks = ticker.scheduleWithFixedDelay(() -> tick(keys), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "smo-oidc-" + settings.provider());
        thread.setDaemon(true);
        return thread;
    }

    private void tick(KeyCache keys) {
        try {
            keys.tick();
        } catch (RuntimeException unexpected) {
            LOG.warn("keys of an identity provider cannot be read provider={}", settings.provider(), unexpected);
        }
    }

    private String keysOf(ProviderMetadata metadata) {
        return guarded()
                .read(
                        settings.jwksUri().orElseGet(() -> metadata.endpoints().keys()),
                        "Read the keys of the identity provider")
                .body();
    }

    private ProviderExchange guarded() {
        return Optional.ofNullable(guard)
                .orElse(OutsideGuard.NONE)
                .guard(ProviderExchange.class, exchange, settings.reach().system());
    }

    private Optional<String> resolved(String reference) {
        return SecretSource.first(secrets, reference);
    }

    @Deactivate
    void end() {
        ticks.cancel(false);
        ticker.shutdownNow();
        exchange.close();
    }

    @Override
    public Optional<Principal> authenticate(String authorization) {
        return tokens.principal(authorization);
    }

    @Override
    public String name() {
        return settings.provider();
    }

    @Override
    public Optional<ProviderLogins> logins() {
        return logins;
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a server that starts with missing or default credentials, where the configuration asks for that, as the profile
 * production does. Files of configurations are read one after the other, so what is found counts when it is found twice.
 */
@Component(service = CredentialGuard.class, immediate = true, configurationPid = GateFilter.PID)
public final class CredentialGuard {

    /** {@code EX_CONFIG} of sysexits.h: something is wrong with the configuration, and a restart does not mend it. */
    static final int CONFIGURATION = 78;

    private static final Logger LOG = LoggerFactory.getLogger(CredentialGuard.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    /** So long after the start files of configurations may still come. */
    private static final int LOOKS = 8;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<SecretSource> sources = List.of();

    private final ConfigurationAdmin configurations;
    private final CredentialReview review;
    private final Path tokenFile;
    private final IntConsumer end;
    private final Optional<ScheduledExecutorService> ticker;
    private final Optional<ScheduledFuture<?>> ticks;
    private List<String> before = List.of();
    private int looks;

    @Activate
    public CredentialGuard(BundleContext context, SecurityConfig config, @Reference ConfigurationAdmin configurations) {
        this(
                configurations,
                GateFilter.tokenFile(context, config),
                Runtime.getRuntime()::halt,
                config.refuseKnownCredentials());
    }

    /** @param end ends the process with an exit status */
    CredentialGuard(ConfigurationAdmin configurations, Path tokenFile, IntConsumer end, boolean looking) {
        this.configurations = configurations;
        this.review = new CredentialReview(this::resolved);
        this.tokenFile = tokenFile;
        this.end = end;
        this.ticker = looking
                ? Optional.of(Executors.newSingleThreadScheduledExecutor(CredentialGuard::daemon))
                : Optional.empty();
        this.ticks = ticker.map(thread ->
                thread.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }

    private Optional<String> resolved(String reference) {
        return SecretSource.first(sources, reference);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "smo-credentials");
        thread.setDaemon(true);
        return thread;
    }

    @Deactivate
    void close() {
        ticks.ifPresent(ticking -> ticking.cancel(false));
        ticker.ifPresent(ScheduledExecutorService::shutdownNow);
    }

    void look() {
        List<String> faults = new ArrayList<>();
        try {
            faults.addAll(review.tokenFaults(token(), tokenFile.toString()));
            faults.addAll(review.faults(present()));
        } catch (IOException | InvalidSyntaxException | RuntimeException unreadable) {
            LOG.error("reviewing credentials failed; looking again", unreadable);
            return;
        }
        if (!faults.isEmpty() && faults.equals(before)) {
            LOG.error(
                    "The server ends, because credentials are missing or known to everybody:\n{}\nThen start it again.",
                    steps(faults));
            end.accept(CONFIGURATION);
        }
        before = List.copyOf(faults);
        looks++;
        if (looks >= LOOKS && faults.isEmpty()) {
            close();
        }
    }

    private static String steps(List<String> faults) {
        return IntStream.range(0, faults.size())
                .mapToObj(i -> "  %d. %s".formatted(i + 1, faults.get(i)))
                .collect(Collectors.joining("\n"));
    }

    private Optional<String> token() throws IOException {
        return Files.exists(tokenFile)
                ? Optional.of(Files.readString(tokenFile).strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private Map<String, Map<String, Object>> present() throws IOException, InvalidSyntaxException {
        Map<String, Map<String, Object>> all = new HashMap<>();
        Optional<Configuration[]> found = Optional.ofNullable(configurations.listConfigurations(null));
        for (Configuration configuration : found.orElse(new Configuration[0])) {
            Map<String, Object> properties = new HashMap<>();
            Optional.ofNullable(configuration.getProperties())
                    .ifPresent(dictionary -> Collections.list(dictionary.keys())
                            .forEach(name -> properties.put(name, dictionary.get(name))));
            all.put(configuration.getPid(), properties);
        }
        return all;
    }
}

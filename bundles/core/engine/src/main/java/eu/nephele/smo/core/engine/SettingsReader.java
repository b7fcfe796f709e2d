// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.EngineSettings.KnownService;
import eu.nephele.smo.core.engine.work.AdmissionController;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and checks the configuration; a wrong value names its key. */
final class SettingsReader {

    private static final int SCRAPES_PER_WINDOW = 4;

    private SettingsReader() {}

    static EngineSettings read(EngineConfig config) {
        atLeast("workers", config.workers(), 1);
        atLeast("maxReplicas", config.maxReplicas(), 1);
        if (config.rateWindowSeconds() < SCRAPES_PER_WINDOW * config.scrapeIntervalSeconds()) {
            throw wrong(
                    "rateWindowSeconds",
                    config.rateWindowSeconds(),
                    "at least %d times scrapeIntervalSeconds=%d, else there may be no data"
                            .formatted(SCRAPES_PER_WINDOW, config.scrapeIntervalSeconds()));
        }
        return new EngineSettings(
                Duration.ofMillis(atLeast("pollMillis", config.pollMillis(), 10)),
                Duration.ofSeconds(atLeast("driftSeconds", config.driftSeconds(), 1)),
                new BackOff(
                        Duration.ofMillis(atLeast("firstBackOffMillis", config.firstBackOffMillis(), 1)),
                        Duration.ofSeconds(atLeast("longestBackOffSeconds", config.longestBackOffSeconds(), 1))),
                Duration.ofSeconds(atLeast("failoverGraceSeconds", config.failoverGraceSeconds(), 0)),
                Duration.ofMillis(atLeast("settleMillis", config.settleMillis(), 0)),
                Duration.ofSeconds(atLeast("removalWaitSeconds", config.removalWaitSeconds(), 0)),
                Duration.ofSeconds(atLeast("progressDeadlineSeconds", config.progressDeadlineSeconds(), 0)),
                new EngineSettings.Sweep(
                        Duration.ofSeconds(atLeast("sweepSeconds", config.sweepSeconds(), 1)),
                        Duration.ofSeconds(atLeast("orphanGraceSeconds", config.orphanGraceSeconds(), 0))),
                Duration.ofSeconds(atLeast("replacementIntervalSeconds", config.replacementIntervalSeconds(), 1)),
                Duration.ofSeconds(atLeast("planValiditySeconds", config.planValiditySeconds(), 1)),
                new AdmissionController.AdmissionLimits(
                        atLeast("maxQueuedChanges", config.maxQueuedChanges(), 1),
                        atLeast("maxQueuedRemovals", config.maxQueuedRemovals(), 1),
                        Duration.ofSeconds(atLeast("maxQueueSeconds", config.maxQueueSeconds(), 1)),
                        atLeast("maxOperationsPerPrincipal", config.maxOperationsPerPrincipal(), 0),
                        unlimited(config.unlimitedPrincipals())),
                new EngineSettings.Scaling(
                        Duration.ofSeconds(atLeast("scalingIntervalSeconds", config.scalingIntervalSeconds(), 1)),
                        Duration.ofSeconds(config.rateWindowSeconds()),
                        Duration.ofMinutes(atLeast("historyMinutes", config.historyMinutes(), 1)),
                        Duration.ofSeconds(atLeast("historyStepSeconds", config.historyStepSeconds(), 1)),
                        config.maxReplicas(),
                        profiles(config.profiles()),
                        new ServiceProfile(config.alpha(), config.beta())));
    }

    /** The engine's own changes are nobody's. */
    private static Set<String> unlimited(String... principals) {
        Set<String> unlimited = new HashSet<>(Set.of(RequestOrigin.INTERNAL.principal()));
        unlimited.addAll(List.of(principals));
        return unlimited;
    }

    private static Map<String, KnownService> profiles(String[] entries) {
        Map<String, KnownService> profiles = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String[] numbers = entry.substring(equals + 1).split(",", -1);
            if (equals < 1 || numbers.length != 3) {
                throw wrong("profiles", entry, "id=alpha,beta,maxReplicas");
            }
            try {
                ServiceProfile profile = new ServiceProfile(
                        Double.parseDouble(numbers[0].trim()), Double.parseDouble(numbers[1].trim()));
                int maxReplicas = Integer.parseInt(numbers[2].trim());
                profiles.put(
                        entry.substring(0, equals).trim(),
                        new KnownService(profile, atLeast("profiles", maxReplicas, 1)));
            } catch (NumberFormatException e) {
                throw wrong("profiles", entry, "id=alpha,beta,maxReplicas with numbers");
            }
        }
        return profiles;
    }

    private static int atLeast(String key, int value, int minimum) {
        if (value < minimum) {
            throw wrong(key, value, "at least " + minimum);
        }
        return value;
    }

    private static IllegalArgumentException wrong(String key, Object value, String expected) {
        return new IllegalArgumentException(
                "Configuration %s: %s=%s, expected %s".formatted(EngineComponent.PID, key, value, expected));
    }
}

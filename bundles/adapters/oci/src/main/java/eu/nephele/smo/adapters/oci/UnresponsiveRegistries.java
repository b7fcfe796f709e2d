// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Registries whose last call timed out: until such a registry answers, one caller at a time calls it, the others fail at once.
 * Otherwise all callers would wait for it together, and block work that does not need it.
 */
final class UnresponsiveRegistries {

    private static final long PATIENCE_NANOS = Duration.ofMillis(900).toNanos();
    private static final Duration LATER = Duration.ofSeconds(2);

    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /**
     * @throws AdapterException {@code UNAVAILABLE} at once if it is silent and another caller waits for it; else from
     * the call
     */
    <T> T ask(String registry, String what, Supplier<T> question) {
        boolean alone = silent.contains(registry);
        if (alone && !asked.add(registry)) {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    RegistryFailures.SYSTEM,
                    "%s was not tried: registry %s does not answer, another request waits for it"
                            .formatted(what, registry),
                    Optional.of(LATER));
        }
        long began = System.nanoTime();
        try {
            T answer = question.get();
            silent.remove(registry);
            return answer;
        } catch (RuntimeException failed) {
            boolean waited = System.nanoTime() - began >= PATIENCE_NANOS;
            if (waited && !isAnswer(failed)) {
                silent.add(registry);
            } else {
                silent.remove(registry);
            }
            throw failed;
        } finally {
            if (alone) {
                asked.remove(registry);
            }
        }
    }

    private static boolean isAnswer(RuntimeException failed) {
        return failed instanceof AdapterException known
                && known.kind() != Kind.UNAVAILABLE
                && known.kind() != Kind.TIMED_OUT;
    }
}

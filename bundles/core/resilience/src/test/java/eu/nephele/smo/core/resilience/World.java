// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** A guard with one system behind it that does as it is told. */
final class World implements AutoCloseable {

    static final String SYSTEM = "registry";

    final AtomicInteger calls = new AtomicInteger();
    final AtomicLong nanos = new AtomicLong();
    final Map<String, Integer> counted = new ConcurrentHashMap<>();
    final Map<String, ToDoubleFunction<Object>> gauges = new ConcurrentHashMap<>();
    final Map<String, Object> owners = new ConcurrentHashMap<>();
    final SystemGuards guards;
    final ArtifactRepository port;
    volatile Supplier<String> behaviour = () -> "fine";

    World(Object... limits) {
        guards = new SystemGuards(Settings.limits(limits), Clock.systemUTC(), nanos::get);
        guards.measure(new Counting());
        port = guards.guard(ArtifactRepository.class, this::answer, SYSTEM);
    }

    String fetch() {
        return port.descriptor("oci://here/graph").content();
    }

    /** Fails every call from now on. */
    World failing(AdapterException failure) {
        behaviour = () -> {
            throw failure;
        };
        return this;
    }

    static AdapterException failure(Kind kind) {
        return new AdapterException(kind, SYSTEM, "it said " + kind);
    }

    static AdapterException failure(Kind kind, Duration retryAfter) {
        return new AdapterException(kind, SYSTEM, "it said " + kind, Optional.of(retryAfter));
    }

    int count(String name, String label) {
        return counted.getOrDefault(name + " " + label, 0);
    }

    double gauge(String name) {
        return gauges.get(name).applyAsDouble(owners.get(name));
    }

    @Override
    public void close() {
        guards.close();
    }

    private ArtifactRepository.FetchedDescriptor answer(String reference) {
        calls.incrementAndGet();
        return new ArtifactRepository.FetchedDescriptor(behaviour.get(), "sha256:0");
    }

    private final class Counting implements MetricsRecorder {

        @Override
        public void count(String name, Map<String, String> labels) {
            counted.merge(name + " " + labels.getOrDefault("outcome", labels.get("operation")), 1, Integer::sum);
        }

        @Override
        public void time(String name, Map<String, String> labels, Duration duration) {
            counted.merge(name + " " + labels.get("operation"), 1, Integer::sum);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
            gauges.put(name, (ToDoubleFunction<Object>) value);
            owners.put(name, owner);
        }
    }
}

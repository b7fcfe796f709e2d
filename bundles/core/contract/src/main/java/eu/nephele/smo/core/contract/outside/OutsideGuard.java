// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import eu.nephele.smo.api.port.Subscription;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stands before every outside system: time-outs, retries, circuit breaker, limit of concurrent calls, last good data.
 * There is one guard per name of a system, shared by all ports and all callers.
 */
public interface OutsideGuard {

    /**
     * The port behind the guard of its system. Calls end with the answer of the adapter or with an
     * {@link eu.nephele.smo.api.port.AdapterException}, and in bounded time. Two views of one adapter are equal. State
     * kept for the adapter here goes with it.
     *
     * @param port interface of the port; the annotations of its methods tell how a call may be handled
     * @param system name of the outside system, see {@link eu.nephele.smo.api.port.AdapterException#SYSTEM}
     */
    <T> T guard(Class<T> port, T adapter, String system);

    /**
     * The same for an adapter out of the service registry: its properties and the annotation of the port name the
     * system.
     *
     * @param port interface with the annotation {@link eu.nephele.smo.api.port.Port}
     * @param properties of the service
     */
    default <T> T guard(Class<T> port, T adapter, Map<String, ?> properties) {
        return guard(port, adapter, PortDescription.of(port).system(properties));
    }

    /** All systems that a port was guarded for, by name. */
    List<SystemState> systems();

    /**
     * Calls back after the access to a system changed, on the thread whose call changed it: quick, never blocking. The
     * next attempt after an open circuit is in {@link SystemState#retryAfter}; {@code HALF_OPEN} is reported with the
     * first probe.
     */
    Subscription subscribe(Consumer<SystemState> onChange);

    /** Lets everything through and knows no system: for programs that embed the core, and for tests. */
    OutsideGuard NONE = new OutsideGuard() {
        @Override
        public <T> T guard(Class<T> port, T adapter, String system) {
            return adapter;
        }

        @Override
        public List<SystemState> systems() {
            return List.of();
        }

        @Override
        public Subscription subscribe(Consumer<SystemState> onChange) {
            return () -> {};
        }
    };
}

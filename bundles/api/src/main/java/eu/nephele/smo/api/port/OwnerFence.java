// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a server that may not own its database any more from beginning what changes something outside. The guard asks before each call
 * of a port. An adapter whose call makes several requests asks here before each of them that changes something: this server may have
 * stood still since.
 */
public final class OwnerFence {

    private final String system;
    private volatile Optional<Tenure> held = Optional.empty();

    /** @param system outside that is changed, for failures */
    public OwnerFence(String system) {
        this.system = system;
    }

    /** From now on nothing is begun when nothing of it is left. It is not taken back: one that is over says so itself. */
    public void begin(Tenure tenure) {
        held = Optional.of(tenure);
    }

    /**
     * To be called right before a request. Where no tenure ever came, in a test or a program that embeds the core, all may be begun.
     *
     * @throws AdapterException {@code UNAVAILABLE} when nothing of the tenure is left
     */
    public void require() {
        if (left().filter(Duration::isZero).isPresent()) {
            throw new AdapterException(
                    Kind.UNAVAILABLE, system, "This server does not own its database any more; nothing was sent");
        }
    }

    /**
     * How long may be gone on with what changes something and takes a while: it is looked at again and again, about every 100 ms, and
     * cut off when this is zero. It grows when the tenure is renewed; empty where none ever came.
     */
    public Optional<Duration> left() {
        return held.map(Tenure::left).map(left -> left.isNegative() ? Duration.ZERO : left);
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import eu.nephele.smo.adapters.docker.engine.DirectTransport;
import eu.nephele.smo.adapters.docker.engine.EngineClients;
import eu.nephele.smo.adapters.docker.engine.EngineTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way to an engine by SSH: all that is opened by it shares one session, which goes with the last of it. */
public final class SshTransport implements EngineTransport {

    private final SshTarget target;
    private final String system;
    private final Duration connectWithin;
    private Optional<SshForward> present = Optional.empty();
    private int engines;

    /**
     * @param system outside system, for failures
     * @param connectWithin longest time until a connection is there
     */
    public SshTransport(SshTarget target, String system, Duration connectWithin) {
        this.target = target;
        this.system = system;
        this.connectWithin = connectWithin;
    }

    @Override
    public URI address() {
        return URI.create("ssh://%s".formatted(target.address()));
    }

    @Override
    public EngineClients open(Duration answerWithin, Duration patience) {
        SshForward forward = taken();
        URI socket = URI.create("unix://" + forward.socket());
        AtomicBoolean closed = new AtomicBoolean();
        return new DirectTransport(socket, Optional.empty(), connectWithin)
                .open(answerWithin, patience)
                .each(client -> new ForwardedClient(client, forward, () -> {
                    if (closed.compareAndSet(false, true)) {
                        returned();
                    }
                }));
    }

    private synchronized SshForward taken() {
        SshForward forward = present.orElseGet(() -> new SshForward(target, system, connectWithin));
        present = Optional.of(forward);
        engines++;
        return forward;
    }

    private synchronized void returned() {
        engines--;
        if (engines == 0) {
            present.ifPresent(SshForward::close);
            present = Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshTransport same
                && target.equals(same.target)
                && system.equals(same.system)
                && connectWithin.equals(same.connectWithin);
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, system, connectWithin);
    }
}

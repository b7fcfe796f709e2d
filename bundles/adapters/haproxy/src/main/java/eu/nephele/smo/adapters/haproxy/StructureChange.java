// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the file, and HAProxy by a reload where nothing less helps, to a state. */
final class StructureChange {

    private static final Logger LOG = LoggerFactory.getLogger(StructureChange.class);
    private static final long PAUSE_MILLIS = 50;

    private final HaproxySettings settings;
    private final ConfigurationText text;
    private final ConfigurationFile file;
    private final HaproxyRuntime runtime;
    private final MasterProcess master;

    StructureChange(
            HaproxySettings settings,
            ConfigurationText text,
            ConfigurationFile file,
            HaproxyRuntime runtime,
            MasterProcess master) {
        this.settings = settings;
        this.text = text;
        this.file = file;
        this.runtime = runtime;
        this.master = master;
    }

    /** Whether HAProxy runs by the structure of this state. */
    boolean isRunning(BalancerState state, RunningView running) {
        return text.generation(state).equals(running.generation());
    }

    /** Members, weights and drains have changed at most: no reload. Nothing has: no write either. */
    void write(KeptFile kept, BalancerState next) {
        String rendered = text.render(next);
        if (!kept.ours() || !rendered.equals(kept.text())) {
            file.write(rendered);
        }
    }

    /**
     * Where there is no file of this adapter yet, and no HAProxy that runs: writes what it is started with.
     *
     * @return whether something was written
     */
    boolean begin(KeptFile kept, BalancerState next) {
        if (kept.ours() || !kept.text().isEmpty()) {
            return false;
        }
        String rendered = text.render(next);
        file.replace(rendered);
        file.confirmLoaded(rendered);
        return true;
    }

    /**
     * Writes, checks and loads; when it fails the former file is back, and HAProxy goes on as before.
     *
     * @return what runs now
     * @throws AdapterException {@code CONFLICT} when the port is taken, {@code REFUSED} when HAProxy does not take it
     */
    RunningView load(KeptFile kept, BalancerState next, int port) {
        Optional<ProcessTable> before = master.beforeReload();
        String rendered = text.render(next);
        file.replace(rendered);
        try {
            master.reload();
            RunningView running = loaded(text.generation(next), before, port);
            file.confirmLoaded(rendered);
            LOG.info(
                    "reloaded system={} services={}",
                    settings.system(),
                    next.services().size());
            return running;
        } catch (AdapterException failed) {
            file.restore(kept);
            LOG.warn(
                    "reload failed system={} reason=\"{}\"; the former file is back",
                    settings.system(),
                    failed.getMessage());
            throw failed;
        }
    }

    private RunningView loaded(String generation, Optional<ProcessTable> before, int port) {
        long end = System.nanoTime() + settings.limits().reload().toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<RunningView> running =
                    look().filter(view -> view.generation().equals(generation));
            if (running.isPresent()) {
                return running.get();
            }
            if (master.hasFailedSince(before)) {
                boolean taken = port > 0 && isTaken(port);
                throw new AdapterException(
                        taken ? Kind.CONFLICT : Kind.REFUSED,
                        settings.system(),
                        taken
                                ? "Reload HAProxy: the port %d is taken by another program".formatted(port)
                                : "Reload HAProxy: it did not load the new configuration and goes on with the former; its log says"
                                        + " why, a port that is taken in most cases");
            }
            pause();
        }
        throw new AdapterException(
                Kind.TIMED_OUT,
                settings.system(),
                "Reload HAProxy: the new configuration does not run after %d s; is HAProxy started with %s, and does it have Lua?"
                        .formatted(settings.limits().reload().toSeconds(), file.path()));
    }

    private Optional<RunningView> look() {
        try {
            return Optional.of(runtime.look());
        } catch (AdapterException notYet) {
            LOG.debug("no answer during a reload reason=\"{}\"", notYet.getMessage());
            return Optional.empty();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AdapterException(
                    Kind.UNAVAILABLE, settings.system(), "Interrupted while HAProxy was reloaded", stopped);
        }
    }

    /** Whether another program listens there: a reload that cannot would pause the services for two seconds. */
    boolean isTaken(int port) {
        String bind = settings.listeners().bind();
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(
                    bind.equals("*")
                            ? new InetSocketAddress(port)
                            : new InetSocketAddress(InetAddress.getByName(bind), port));
            return false;
        } catch (BindException taken) {
            return String.valueOf(taken.getMessage()).contains("in use");
        } catch (IOException unknown) {
            LOG.debug("cannot try the port={} reason=\"{}\"", port, unknown.toString());
            return false;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import com.jcraft.jsch.ChannelDirectStreamLocal;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.Session;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The one SSH connection to a machine; made when it is needed, made anew after it was lost. */
final class SshSession implements AutoCloseable {

    private static final Duration ALIVE_EVERY = Duration.ofSeconds(15);
    private static final int ALIVE_MISSES = 2;
    private static final String AUTH_FAILED = "Auth fail";

    private final SshTarget target;
    private final String system;
    private final int timeoutMillis;
    private Optional<Session> present = Optional.empty();
    private boolean closed;

    /**
     * @param system for failures
     * @param timeout of a connection attempt, and of the opening of a channel
     */
    SshSession(SshTarget target, String system, Duration timeout) {
        this.target = target;
        this.system = system;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * A channel to the socket there, not connected yet.
     *
     * @throws AdapterException {@code REFUSED} when machine or user are not who they should be, {@code UNAVAILABLE} when the machine
     *     cannot be reached
     */
    ChannelDirectStreamLocal channel() {
        try {
            // a channel of its own type: no command runs there, so nothing of the target is ever read by a shell
            ChannelDirectStreamLocal channel =
                    (ChannelDirectStreamLocal) connected().openChannel("direct-streamlocal@openssh.com");
            if (channel == null) {
                // what the library answers while the session is being lost
                throw new JSchException("session is down");
            }
            channel.setSocketPath(target.socket());
            return channel;
        } catch (JSchException lost) {
            throw unavailable(lost);
        }
    }

    /** How long the opening of a channel may take, milliseconds. */
    int timeoutMillis() {
        return timeoutMillis;
    }

    AdapterException noSocket(JSchException refused) {
        return new AdapterException(
                Kind.UNAVAILABLE,
                system,
                "%s opens no connection to %s (%s): does the engine run there, may this user use its socket, and does its SSH server forward (AllowStreamLocalForwarding, and AllowTcpForwarding at least local)?"
                        .formatted(target.address(), target.socket(), refused.getMessage()),
                refused);
    }

    synchronized Session connected() {
        if (closed) {
            throw new AdapterException(
                    Kind.UNAVAILABLE, system, "The connection to " + target.address() + " is closed");
        }
        Session session = present.filter(Session::isConnected).orElseGet(this::connect);
        present = Optional.of(session);
        return session;
    }

    private Session connect() {
        present.ifPresent(Session::disconnect);
        requireReadable(target.knownHosts(), "keys of known machines");
        requireReadable(target.privateKey(), "private key");
        JSch ssh = new JSch();
        try {
            ssh.setKnownHosts(target.knownHosts().toString());
            ssh.addIdentity(target.privateKey().toString());
            Session session = ssh.getSession(target.user(), target.host(), target.port());
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            session.setServerAliveInterval(Math.toIntExact(ALIVE_EVERY.toMillis()));
            session.setServerAliveCountMax(ALIVE_MISSES);
            session.setDaemonThread(true);
            session.connect(timeoutMillis);
            return session;
        } catch (JSchHostKeyException stranger) {
            throw new AdapterException(Kind.REFUSED, system, strange(stranger), stranger);
        } catch (JSchException failed) {
            throw isRefused(failed)
                    ? new AdapterException(
                            Kind.REFUSED,
                            system,
                            "%s does not let the user in with the key %s (%s): add its public half to the user's authorized_keys there"
                                    .formatted(target.address(), target.privateKey(), failed.getMessage()),
                            failed)
                    : unavailable(failed);
        }
    }

    private void requireReadable(Path file, String what) {
        if (!Files.isReadable(file)) {
            throw new AdapterException(
                    Kind.REFUSED,
                    system,
                    "%s with the %s for %s cannot be read".formatted(file, what, target.address()));
        }
    }

    private static boolean isRefused(JSchException failed) {
        return String.valueOf(failed.getMessage()).startsWith(AUTH_FAILED)
                || String.valueOf(failed.getMessage()).startsWith("invalid privatekey");
    }

    private String strange(JSchHostKeyException stranger) {
        if (stranger instanceof JSchChangedHostKeyException) {
            return "%s has another key than %s says: another machine may answer in its place. Nothing was sent. Where the machine was set up anew, replace its line there"
                    .formatted(target.address(), target.knownHosts());
        }
        if (stranger instanceof JSchUnknownHostKeyException) {
            return "%s is not in %s: add its key there (ssh-keyscan -p %d %s shows it, compare it with the machine's own)"
                    .formatted(target.address(), target.knownHosts(), target.port(), target.host());
        }
        return "The key of %s is not taken: %s".formatted(target.address(), stranger.getMessage());
    }

    private AdapterException unavailable(JSchException failed) {
        return new AdapterException(
                Kind.UNAVAILABLE,
                system,
                "%s cannot be reached by SSH: %s".formatted(target.address(), failed.getMessage()),
                failed);
    }

    @Override
    public synchronized void close() {
        closed = true;
        present.ifPresent(Session::disconnect);
        present = Optional.empty();
    }
}

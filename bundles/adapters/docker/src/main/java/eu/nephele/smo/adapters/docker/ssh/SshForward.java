// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import com.jcraft.jsch.ChannelDirectStreamLocal;
import com.jcraft.jsch.JSchException;
import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket here that leads to one on another machine. It lies in a folder that only the user of this process may enter: a port, even
 * one of loopback, would be open to everybody on this machine.
 */
public final class SshForward implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SshForward.class);
    private static final String NAME = "engine.sock";
    private static final int MAX_CONNECTIONS = 64;
    private static final long IDLE_SECONDS = 30;

    private final SshSession session;
    private final Path folder;
    private final ServerSocketChannel listener;
    private final ExecutorService opening;

    /**
     * Nothing is connected before somebody asks for it.
     *
     * @param system outside system, for failures
     * @param timeout of a connection attempt
     * @throws UncheckedIOException when no socket can be made here
     */
    public SshForward(SshTarget target, String system, Duration timeout) {
        session = new SshSession(target, system, timeout);
        try {
            folder = Files.createTempDirectory(
                    "smo-ssh-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(folder.resolve(NAME)), MAX_CONNECTIONS);
        } catch (IOException noSocket) {
            throw new UncheckedIOException("No socket can be made for " + target.address(), noSocket);
        }
        opening = new ThreadPoolExecutor(
                0, MAX_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), SshForward::daemon);
        Thread accepting = daemon(this::accept);
        accepting.setName("smo-ssh-" + target.host());
        accepting.start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "smo-ssh-forward");
        thread.setDaemon(true);
        return thread;
    }

    /** The socket here. */
    public Path socket() {
        return folder.resolve(NAME);
    }

    /**
     * To be called before a request: who connects to {@link #socket} only sees that it is closed when the machine cannot be reached.
     *
     * @throws AdapterException {@code REFUSED} when machine or user are not who they should be, {@code UNAVAILABLE} when the machine
     *     cannot be reached
     */
    public void requireConnected() {
        session.connected();
    }

    private void accept() {
        try {
            while (listener.isOpen()) {
                SocketChannel accepted = listener.accept();
                try {
                    opening.execute(() -> forward(accepted));
                } catch (RejectedExecutionException tooMany) {
                    LOG.warn("more than {} connections are being opened to {}", MAX_CONNECTIONS, folder, tooMany);
                    accepted.close();
                }
            }
        } catch (AsynchronousCloseException closed) {
            LOG.debug("{} is closed", folder, closed);
        } catch (IOException broken) {
            LOG.warn("{} takes no connections any more", folder, broken);
        }
    }

    /** Ends when the channel is open: data goes by threads of the session from then on. */
    private void forward(SocketChannel accepted) {
        ChannelStreams streams = new ChannelStreams(accepted);
        boolean opened = false;
        try {
            ChannelDirectStreamLocal channel = session.channel();
            channel.setInputStream(streams.in());
            channel.setOutputStream(streams.out());
            try {
                channel.connect(session.timeoutMillis());
                opened = true;
            } catch (JSchException refused) {
                channel.disconnect();
                throw session.noSocket(refused);
            }
        } catch (AdapterException failed) {
            LOG.warn("{}", failed.getMessage());
        } finally {
            // who waits for an answer learns that there will be none
            if (!opened) {
                closeQuietly(accepted);
            }
        }
    }

    private static void closeQuietly(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            LOG.debug("a connection was closed by its other end", alreadyGone);
        }
    }

    @Override
    public void close() {
        session.close();
        opening.shutdownNow();
        try {
            listener.close();
            Files.deleteIfExists(socket());
            Files.deleteIfExists(folder);
        } catch (ClosedChannelException twice) {
            LOG.debug("{} was closed before", folder, twice);
        } catch (IOException left) {
            LOG.warn("{} stays", folder, left);
        }
    }
}

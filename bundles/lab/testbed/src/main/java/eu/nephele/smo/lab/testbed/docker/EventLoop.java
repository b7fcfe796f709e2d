// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * One thread for all sockets of all played engines: thousands of ports and open streams cost no thread each. Whatever it
 * calls is called on that thread, and has its state to itself.
 */
public final class EventLoop implements AutoCloseable {

    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final int BACKLOG = 512;
    private static final int READ_BYTES = 16_384;

    private final Selector selector;

    /** For what is read, one connection after the other. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);

    private final Thread thread = new Thread(this::run, "played-engines");

    /** Each goes in the next turn. */
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Each goes when its time has come. */
    private final PriorityQueue<TimedTask> timers = new PriorityQueue<>();

    private long timed;
    private volatile boolean over;

    public EventLoop() throws IOException {
        selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    private record TimedTask(long atNanos, long number, Runnable task) implements Comparable<TimedTask> {

        @Override
        public int compareTo(TimedTask other) {
            int byTime = Long.signum(atNanos - other.atNanos);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    /** Runs it on the thread of the loop, in the order of the calls. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Only on the thread of the loop. */
    void later(Duration delay, Runnable task) {
        timers.add(new TimedTask(System.nanoTime() + delay.toNanos(), timed, task));
        timed++;
    }

    /**
     * Listens from now on.
     *
     * @throws IOException when the address is taken
     */
    public HttpListener listen(SocketAddress address, HttpListener.PlayedService service) throws IOException {
        ProtocolFamily family =
                address instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        ServerSocketChannel channel = ServerSocketChannel.open(family);
        try {
            channel.configureBlocking(false);
            channel.bind(address, BACKLOG);
        } catch (IOException taken) {
            channel.close();
            throw taken;
        }
        HttpListener listener = new HttpListener(channel, service);
        execute(() -> register(channel, listener));
        return listener;
    }

    private void register(ServerSocketChannel channel, HttpListener listener) {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.register(selector, SelectionKey.OP_ACCEPT, listener);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void run() {
        while (!over) {
            try {
                selector.select(waitMillis());
                Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                while (keys.hasNext()) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    ready(key);
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                runDue();
            } catch (IOException | RuntimeException failed) {
                // the other engines go on
                System.err.println("testbed: played engines: " + failed);
            }
        }
    }

    private long waitMillis() {
        TimedTask next = timers.peek();
        if (next == null) {
            return LONGEST_WAIT_MILLIS;
        }
        long nanos = next.atNanos() - System.nanoTime();
        // 0 would wait for ever
        return Math.max(1, Math.min(LONGEST_WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    private void runDue() {
        long now = System.nanoTime();
        for (TimedTask next = timers.peek(); next != null && next.atNanos() - now <= 0; next = timers.peek()) {
            timers.poll();
            next.task().run();
        }
    }

    private void ready(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof HttpListener listener) {
            listener.accept(selector);
        } else if (key.attachment() instanceof HttpConnection connection) {
            connection.ready(buffer);
        }
    }

    @Override
    public void close() {
        execute(() -> over = true);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}

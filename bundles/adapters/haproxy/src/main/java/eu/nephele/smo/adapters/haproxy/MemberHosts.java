// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Addresses of hosts, in bounded time. */
final class MemberHosts implements AutoCloseable {

    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 10;
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9.])?");

    private final String system;
    private final Duration timeout;
    private final NameResolver resolver;
    private final ThreadPoolExecutor threads;

    /** Knows the addresses of a name. */
    @FunctionalInterface
    interface NameResolver {
        List<InetAddress> resolve(String name) throws UnknownHostException;
    }

    MemberHosts(String system, Duration timeout) {
        this(system, timeout, name -> Arrays.asList(InetAddress.getAllByName(name)));
    }

    MemberHosts(String system, Duration timeout, NameResolver resolver) {
        this.system = system;
        this.timeout = timeout;
        this.resolver = resolver;
        this.threads = new ThreadPoolExecutor(
                0, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), MemberHosts::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "smo-haproxy-names");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param present address that the host had; it stays while it is one of several
     * @throws AdapterException {@code REFUSED} when it is neither a name nor an address, {@code UNAVAILABLE} when it is not known now
     */
    String address(String host, Optional<String> present) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (LITERAL.matcher(bare).matches()) {
            return literal(bare);
        }
        if (!NAME.matcher(bare).matches()) {
            throw new AdapterException(Kind.REFUSED, system, "The host of a member is neither a name nor an address");
        }
        List<String> known = lookUp(bare).stream()
                .map(InetAddress::getHostAddress)
                .map(MemberHosts::plain)
                .toList();
        return present.filter(known::contains).orElseGet(() -> known.get(0));
    }

    private String literal(String text) {
        try {
            return plain(InetAddress.getByName(text).getHostAddress());
        } catch (UnknownHostException wrong) {
            throw new AdapterException(Kind.REFUSED, system, "%s is not the address of a host".formatted(text), wrong);
        }
    }

    /** Without the interface, which has a meaning on one machine only. */
    private static String plain(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private List<InetAddress> lookUp(String name) {
        try {
            Future<List<InetAddress>> answer = threads.submit(() -> resolver.resolve(name));
            try {
                return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                answer.cancel(true);
            }
        } catch (ExecutionException | TimeoutException | RejectedExecutionException failed) {
            throw unknown(name, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unknown(name, stopped);
        }
    }

    private AdapterException unknown(String name, Exception why) {
        return new AdapterException(
                Kind.UNAVAILABLE,
                system,
                "The host %s has no address now: %s"
                        .formatted(name, Optional.ofNullable(why.getCause()).orElse(why)),
                why);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

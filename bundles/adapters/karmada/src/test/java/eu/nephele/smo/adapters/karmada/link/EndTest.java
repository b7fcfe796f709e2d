// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stopped adapter leaves nothing behind. The library stays loaded, as in the product. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EndTest {

    private static final int UPDATES = 3;

    @Test
    void nothingOfAStoppedAdapterIsLeft() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (RawServer server = new RawServer((head, out, socket) -> {
            if (head.contains("watch=true")) {
                out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(UTF_8));
                out.flush();
                socket.getInputStream().read();
                return;
            }
            RawServer.json(
                            "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[]}")
                    .to(head, out, socket);
        })) {
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            for (int i = 0; i < UPDATES; i++) {
                loaders.add(update(server.port()));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (System.nanoTime() < end
                    && (loaders.stream().anyMatch(loader -> loader.get() != null)
                            || !threads(before).isEmpty())) {
                System.gc();
                Thread.sleep(200);
            }
            assertThat(threads(before)).isEmpty();
            assertThat(loaders).allMatch(loader -> loader.get() == null);
        }
    }

    /** Loads the adapter's classes again, uses them and stops. */
    private static WeakReference<ClassLoader> update(int port) throws Exception {
        URL classes =
                ApiServerConnection.class.getProtectionDomain().getCodeSource().getLocation();
        URL tests = Episode.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new Own(classes, tests)) {
            Runnable episode = (Runnable) loader.loadClass(Episode.class.getName())
                    .getConstructor(int.class)
                    .newInstance(port);
            episode.run();
            return new WeakReference<>(loader);
        }
    }

    private static List<String> threads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("smo-ended")
                        || name.startsWith("HttpClient-")
                        || name.contains("ended-events")
                        || name.contains("JdkHttpClientFactory"))
                .collect(Collectors.toList());
    }

    /** Loads the adapter's classes itself and everything else from the library. */
    private static final class Own extends URLClassLoader {

        Own(URL... urls) throws IOException {
            super(urls, EndTest.class.getClassLoader());
            assertThat(Arrays.stream(urls).map(URL::getFile)).allMatch(file -> new File(file).isDirectory());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("eu.nephele.smo.adapters.karmada.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}

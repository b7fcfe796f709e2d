// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** The installation that the build has assembled, and places to work in. */
final class Distribution {

    static final Path HOME = Path.of(System.getProperty("smo.home", "../smo/target/smo"))
            .toAbsolutePath()
            .normalize();

    private static final Path WORK = Path.of(System.getProperty("smo.work", "target/work"))
            .toAbsolutePath()
            .normalize();

    /** What is not reachable is closed. */
    private static final Queue<SocketChannel> HELD_PORTS = new ConcurrentLinkedQueue<>();

    private Distribution() {}

    /** Jars of a profile in start order. */
    static List<Path> bundles(String profile) {
        return read(HOME.resolve("profiles").resolve(profile + ".bundles"))
                .lines()
                .map(HOME::resolve)
                .toList();
    }

    /** What the launcher would hand to the framework. */
    static Map<String, String> frameworkProperties(String profile, Map<String, String> variables) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(HOME.resolve("profiles").resolve(profile + ".properties"))) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        properties.put("configurator.initial", read(HOME.resolve("profiles").resolve(profile + ".json")));
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, key -> replaced(properties.getProperty(key), variables)));
    }

    private static String replaced(String text, Map<String, String> variables) {
        String result = text;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            result = result.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return result;
    }

    /** A file that all processes of a run share. */
    static Path workFile(String name) {
        try {
            return Files.createDirectories(WORK).resolve(name);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A new empty folder. */
    static Path freshFolder(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(WORK), name + "-");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /**
     * A new data directory.
     *
     * @param settings content of the configuration file of a PID in DATA/etc
     */
    static Path freshData(String pid, String settings) {
        Path data = freshFolder("data");
        try {
            Files.writeString(Files.createDirectory(data.resolve("etc")).resolve(pid + ".cfg"), settings);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return data;
    }

    /** Starts a server that runs in a small heap and is soon warm; options of the server are added behind it. */
    static List<String> serverCommand() {
        return serverCommand(QuickStart.flags());
    }

    /** @param flags further ones of Java */
    static List<String> serverCommand(List<String> flags) {
        return serverCommand(freshFolder("home"), flags);
    }

    /** @param userHome its home directory */
    static List<String> serverCommand(Path userHome, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Duser.home=" + userHome);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx320m", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-jar", HOME.resolve("lib/smo-launcher.jar").toString()));
        return command;
    }

    /**
     * A port for a program that is told where to listen, once or again and again. It stays bound, without listening, until this
     * process ends: the system chooses it for nobody else, and a server that sets SO_REUSEADDR, as most do, can listen on it.
     */
    static int freePort() {
        try {
            SocketChannel held = SocketChannel.open()
                    .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            HELD_PORTS.add(held);
            return ((InetSocketAddress) held.getLocalAddress()).getPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " is missing: run mvn package first", unreadable);
        }
    }
}

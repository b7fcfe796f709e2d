// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import net.bytebuddy.ByteBuddy;
import org.apiguardian.api.API;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;

/** Options that put a profile of the assembled distribution, and what the tests need besides, into one container. */
final class ContainerOptions {

    private ContainerOptions() {}

    /** @param etc files for {@code DATA/etc}, by name */
    static Option[] profile(String name, Map<String, String> etc) {
        Path data = data(etc);
        Map<String, String> variables = Map.of(
                "smo.data", data.toString(),
                "smo.etc", data.resolve("etc").toString(),
                "smo.home", Distribution.HOME.toString(),
                "smo.host", "127.0.0.1",
                "smo.port", Integer.toString(Distribution.freePort()),
                "smo.profile", name);
        List<Option> options = new ArrayList<>();
        options.add(
                systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("ERROR"));
        options.add(systemProperty("smo.data").value(data.toString()));
        options.add(systemProperty("logback.configurationFile")
                .value(Distribution.HOME.resolve("etc/logback.xml").toUri().toString()));
        options.add(frameworkProperty("smo.data").value(data.toString()));
        // what the test brings along is no plugin
        options.add(frameworkProperty("smo.trusted.locations").value("local,link:,reference:file:"));
        Distribution.frameworkProperties(name, variables)
                .forEach((key, value) -> options.add(frameworkProperty(key).value(value)));
        Distribution.bundles(name).forEach(jar -> options.add(installed(jar)));
        for (Class<?> library : List.of(
                Test.class,
                JUnitException.class,
                AssertionFailedError.class,
                API.class,
                Assertions.class,
                ByteBuddy.class)) {
            options.add(bundle("reference:file:" + jarOf(library)));
        }
        return options.toArray(Option[]::new);
    }

    private static Option installed(Path jar) {
        var option = bundle("reference:file:" + jar);
        try (JarFile file = new JarFile(jar.toFile())) {
            boolean fragment = file.getManifest().getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
            return fragment ? option.noStart() : option;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path data(Map<String, String> etc) {
        Path data = Distribution.freshFolder("container");
        try {
            for (String folder : List.of("db", "plugins", "etc", "cache", "tmp", "log")) {
                Files.createDirectory(data.resolve(folder));
            }
            for (Map.Entry<String, String> file : etc.entrySet()) {
                Files.writeString(data.resolve("etc").resolve(file.getKey()), file.getValue());
            }
            return data;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException broken) {
            throw new IllegalStateException("No jar of " + type, broken);
        }
    }
}

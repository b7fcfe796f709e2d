// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/** The content of the bundle as it was built, libraries included. */
final class BuiltBundle {

    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();

    private BuiltBundle() {}

    static Bundle create() {
        Bundle bundle = mock(Bundle.class);
        when(bundle.findEntries(anyString(), anyString(), anyBoolean())).thenAnswer(call -> {
            List<URL> entries = below(call.getArgument(0));
            return entries.isEmpty() ? null : Collections.enumeration(entries);
        });
        return bundle;
    }

    private static List<URL> below(String folder) {
        Path place = CLASSES.resolve(folder.substring(1));
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).map(BuiltBundle::entry).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As the framework has it: its path is that in the bundle. */
    private static URL entry(Path file) {
        try {
            return new URL(null, "bundle://1/" + CLASSES.relativize(file), new FileHandler(file));
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(URI.create(file.toUri().toString()).toString(), impossible);
        }
    }
}

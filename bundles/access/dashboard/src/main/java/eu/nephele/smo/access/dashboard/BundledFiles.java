// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/** Finds the files of the page in its bundle: its own, and those of its libraries as WebJars have them. */
final class BundledFiles {

    private static final String OURS = "/page/";
    private static final String LIBRARIES = "/META-INF/resources/webjars/";

    private BundledFiles() {}

    static PageFiles in(Bundle bundle) {
        Map<String, URL> places = new HashMap<>();
        entries(bundle, OURS).forEach(entry -> places.put(entry.getPath().substring(OURS.length()), entry));
        entries(bundle, LIBRARIES).forEach(entry -> places.put(withoutVersion(entry.getPath()), entry));
        return new PageFiles(places);
    }

    /** {@code …/webjars/NAME/VERSION/dist/index.js} is {@code lib/NAME/index.js}. */
    private static String withoutVersion(String path) {
        String below = path.substring(LIBRARIES.length());
        return "lib/%s/%s"
                .formatted(below.substring(0, below.indexOf('/')), below.substring(below.lastIndexOf('/') + 1));
    }

    private static Stream<URL> entries(Bundle bundle, String folder) {
        return Optional.ofNullable(bundle.findEntries(folder, "*", true))
                .map(Collections::list)
                .orElseThrow(() -> new IllegalStateException("%s is missing in the bundle".formatted(folder)))
                .stream()
                .filter(entry -> !entry.getPath().endsWith("/"));
    }
}

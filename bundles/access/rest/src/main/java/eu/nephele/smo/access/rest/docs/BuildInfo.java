// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** @param swaggerUiVersion version of the pages for trying the interface */
public record BuildInfo(String version, String swaggerUiVersion) {

    private static final String FILE = "/eu/nephele/smo/access/rest/version.properties";

    /** Reads what the build left in this bundle. */
    public static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream file = BuildInfo.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("%s is missing in the bundle".formatted(FILE));
            }
            properties.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("%s cannot be read".formatted(FILE), unreadable);
        }
        return new BuildInfo(properties.getProperty("version", ""), properties.getProperty("swagger-ui.version", ""));
    }
}

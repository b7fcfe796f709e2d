// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.schema;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the first start of this bundle since the product was installed. It waits for no store: hardly anything
 * can have been exchanged before. Kept in the data area of the bundle, which lasts as long as its installation, also
 * when this bundle is itself exchanged.
 */
@Component(service = FirstStart.class, immediate = true, configurationPolicy = ConfigurationPolicy.IGNORE)
public final class FirstStart {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final String FILE = "first-start";

    private final Instant at;

    @Activate
    public FirstStart(BundleContext context) {
        this(context, Clock.systemUTC());
    }

    FirstStart(BundleContext context, Clock clock) {
        this.at = read(context.getDataFile(FILE), clock);
    }

    /** The beginning of time when the start is unknown. */
    public Instant at() {
        return at;
    }

    private static Instant read(@Nullable File file, Clock clock) {
        if (file == null) {
            return Instant.EPOCH;
        }
        Path path = file.toPath();
        try {
            if (!Files.exists(path)) {
                Files.writeString(path, Long.toString(clock.millis()), StandardCharsets.UTF_8);
            }
            return Instant.ofEpochMilli(Long.parseLong(Files.readString(path, StandardCharsets.UTF_8)));
        } catch (IOException | NumberFormatException unknown) {
            LOG.warn(
                    "reading time of the first start failed path={} reason=\"{}\"; schemas of kinds are read at once",
                    path,
                    unknown.toString());
            return Instant.EPOCH;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Reconciled.Statement;
import eu.nephele.smo.pools.containers.ContainersFileReader;
import eu.nephele.smo.pools.containers.backup.CopyFolders;
import eu.nephele.smo.pools.containers.backup.DailyCopies;
import eu.nephele.smo.pools.containers.backup.PoolCopy;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings.BackupSettings;
import eu.nephele.smo.pools.containers.source.UnreadableYamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Daily copies of pools, as their files ask for them. */
@Component(service = PoolBackups.class, configurationPid = PoolFileFormat.PID)
public final class PoolBackups {

    private static final String CONDITION = "BackedUp";

    private final DailyCopies copies;
    private final ContainersFileReader texts;
    private final Optional<Path> file;
    private final String configured;

    @Activate
    public PoolBackups(@Reference PoolFileFormat format, BundleContext context, PoolConfig config) {
        this(
                format,
                Path.of(Optional.ofNullable(context.getProperty("smo.data")).orElse("")),
                Stream.of(config.backupFolders()).map(Path::of).toList(),
                Optional.of(config.file()).filter(name -> !name.isBlank()),
                config.pool());
    }

    /**
     * @param data relative paths begin here
     * @param folders outside of it that are allowed
     * @param file of the configured pool
     */
    PoolBackups(PoolFileFormat format, Path data, List<Path> folders, Optional<String> file, String configured) {
        this.copies = new DailyCopies(new CopyFolders(data, folders));
        this.texts = format.texts();
        this.file = file.map(data::resolve);
        this.configured = configured;
    }

    /**
     * Takes the copy of today, if the file asks for one and there is none.
     *
     * @return the condition of the pool about it; empty when no copies are asked for
     */
    Optional<Statement> take(String pool, PoolDocument document, BackupSettings settings, Instant now) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        Optional<String> missing = copies.take(
                pool,
                settings,
                () -> PoolCopy.taken(
                        pool,
                        document.project(),
                        now,
                        document.file(),
                        pool.equals(configured) ? onDisk() : Optional.empty()),
                now);
        return Optional.of(missing.map(why -> new Statement(CONDITION, Condition.Status.FALSE, "NotTaken", why))
                .orElseGet(() -> new Statement(CONDITION, Condition.Status.TRUE, "Taken", "")));
    }

    /** What the file says; empty when there is none, or none that can be read: the pool runs without it. */
    private Optional<JsonObject> onDisk() {
        try {
            return file.filter(Files::isRegularFile).isPresent()
                    ? Optional.of(texts.document(Files.readString(file.orElseThrow())))
                    : Optional.empty();
        } catch (IOException | UnreadableYamlException unreadable) {
            return Optional.empty();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.pools.containers.ContainersFileReader;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.translation.ServiceDescriptors;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Reads files of pools and makes descriptors of them, as this server is configured. */
@Component(service = PoolFileFormat.class, configurationPid = PoolFileFormat.PID)
@Designate(ocd = PoolConfig.class)
public final class PoolFileFormat {

    static final String PID = "eu.nephele.smo.pools.containers";

    private final ContainersFileReader reader;
    private final ServiceDescriptors descriptors;
    private volatile Optional<DocumentFile> last = Optional.empty();

    @Activate
    public PoolFileFormat(PoolConfig config) {
        this(System.getenv(), Optional.of(config.defaultRegistry()).filter(registry -> !registry.isBlank()));
    }

    public PoolFileFormat(Map<String, String> variables, Optional<String> defaultRegistry) {
        this.reader = new ContainersFileReader(variables);
        this.descriptors = new ServiceDescriptors(defaultRegistry);
    }

    /**
     * Each call of the interface reads the running file, which seldom changes: the last one is kept.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with all errors
     */
    ContainersFile read(JsonObject file) {
        return last.filter(known -> known.document().equals(file))
                .map(DocumentFile::file)
                .orElseGet(() -> {
                    ContainersFile read = reader.read(file.toJson());
                    last = Optional.of(new DocumentFile(file, read));
                    return read;
                });
    }

    /** What a document says. */
    private record DocumentFile(JsonObject document, ContainersFile file) {}

    /** Reads the text of a file, with the places of errors in it. */
    ContainersFileReader texts() {
        return reader;
    }

    /** @param replaced changes when all containers of the service are to be replaced */
    JsonObject descriptor(
            ContainersFile file, ServiceEntry service, Optional<PoolDocument.Replacement> replaced, Instant now) {
        return descriptors.descriptor(
                file,
                service,
                replaced.map(asked -> new ServiceDescriptors.ContainerReplacement(asked.mark(), asked.pull())),
                now);
    }
}

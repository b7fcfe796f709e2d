// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import eu.nephele.smo.adapters.docker.model.ContainerName;
import eu.nephele.smo.adapters.docker.model.ImageReference;
import eu.nephele.smo.api.model.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One container engine. All calls end in bounded time; failures are {@link eu.nephele.smo.api.port.AdapterException}s.
 * What is so
 * already, or is gone already, is no failure.
 */
public interface ContainerEngine extends AutoCloseable {

    EngineFacts facts();

    /** All containers, running or not, ours or not. */
    List<EngineContainer> list();

    /**
     * @return its id
     * @throws eu.nephele.smo.api.port.AdapterException {@code NOT_FOUND} when the image is not there, {@code CONFLICT}
     *     when the name is
     *     taken
     */
    String create(ContainerDraft draft);

    void start(String id);

    void rename(String id, ContainerName name);

    /** @param grace until the engine kills */
    void stop(String id, Duration grace);

    /** Removes one that does not run, with its anonymous volumes. */
    void remove(String id);

    boolean hasImage(ImageReference image);

    /**
     * @param progress told from time to time, for people
     * @param limit longest time
     */
    void pull(ImageReference image, Optional<RegistryLogin> login, Consumer<String> progress, Duration limit);

    /** Empty if the engine has no numbers (yet). */
    Optional<ContainerUsage> usage(String id);

    /**
     * The last of what a container has written.
     *
     * @param lines at most so many
     * @param maxBytes at most so many bytes of UTF-8
     */
    List<String> log(String id, int lines, int maxBytes);

    /** Limits of a container of others: processor and memory, 0 where it has none. */
    Resources limits(String id);

    /**
     * Follows what happens to containers.
     *
     * @param onEvent on a thread of the stream, for each change
     * @param onEnd once, when the stream has ended for whatever reason; not after {@link AutoCloseable#close}
     */
    AutoCloseable follow(Runnable onEvent, Runnable onEnd);

    @Override
    void close();
}

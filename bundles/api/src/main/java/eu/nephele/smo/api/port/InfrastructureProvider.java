// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Creates, grows, shrinks and deletes clusters, virtual infrastructure or GPU hosts. Published with the property
 * {@link #CAPACITY_SOURCE}. Asynchronous: stages complete when the outside is done, exceptionally with an
 * {@link AdapterException}.
 */
@Port(
        name = "infrastructure",
        chosenBy = InfrastructureProvider.CAPACITY_SOURCE,
        system = InfrastructureProvider.CAPACITY_SOURCE)
@ConsumerType
public interface InfrastructureProvider {

    /** Service property (String, required): name of the provider, for example {@code nfvcl}. */
    String CAPACITY_SOURCE = "smo.capacity.source";

    /**
     * @param id provider's id
     * @param status provider's word for its state
     * @param details everything else the provider says
     */
    record Infrastructure(String id, String status, JsonObject details) {}

    @StaleIfError
    @OnStandby
    List<Infrastructure> list();

    /** @param wish what to create, valid by the provider's own schema */
    @Asynchronous
    CompletionStage<Infrastructure> create(JsonObject wish);

    /**
     * As {@link #create(JsonObject)}, under a key that stands for one infrastructure for ever. A provider that
     * {@linkplain #recognisesKeys recognises} it gives what was made under it, as it is now, instead of making another, and makes
     * what was deleted or never finished.
     *
     * @param key unique for ever: up to 300 visible ASCII characters, of which / and . are some
     */
    @Asynchronous
    default CompletionStage<Infrastructure> create(JsonObject wish, String key) {
        return create(wish);
    }

    /**
     * Returns whether {@link #create(JsonObject, String)} knows a key again, also after a restart of this process and while the
     * first call with it is under way. Only then a creation is repeated of which nobody knows how it ended. Answered from
     * memory.
     */
    @NonBlocking
    default boolean recognisesKeys() {
        return false;
    }

    /** @param nodes wanted number of worker nodes, 0 or more */
    @Asynchronous
    CompletionStage<Infrastructure> scale(String id, int nodes);

    @Asynchronous
    CompletionStage<Void> delete(String id);
}

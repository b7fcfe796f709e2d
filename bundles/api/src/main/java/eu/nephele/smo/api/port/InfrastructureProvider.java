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
    List<Infrastructure> list();

    /** @param wish what to create, valid by the provider's own schema */
    @Asynchronous
    CompletionStage<Infrastructure> create(JsonObject wish);

    /** @param nodes wanted number of worker nodes, 0 or more */
    @Asynchronous
    CompletionStage<Infrastructure> scale(String id, int nodes);

    @Asynchronous
    CompletionStage<Void> delete(String id);
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Directives of operators about clusters. Methods throw {@link SmoException}. */
@ProviderType
public interface ClusterService {

    /** Nothing new is placed there from now on; what is there stays. Doing it again changes nothing. */
    Directive cordon(ClusterId cluster, String reason, CallContext call);

    /** The cluster takes services again; a drain that still runs ends. Doing it again changes nothing. */
    Directive uncordon(ClusterId cluster, CallContext call);

    /** Cordons the cluster and moves everything away that can go elsewhere; the operation says what cannot and why. */
    Operation drain(ClusterId cluster, String reason, CallContext call);

    /** Where the dashboard of a cluster is, once it is published. */
    Optional<URI> dashboard(ClusterId cluster, CallContext call);

    /** Clusters that an operator has said something about, in name order. */
    List<Directive> directives(CallContext call);

    /**
     * @param cordoned whether nothing new goes there
     * @param draining whether it is being emptied
     * @param reason what the operator gave as reason, "" for none
     * @param operation the drain that runs
     * @param since when that was said
     */
    record Directive(
            ClusterId cluster,
            boolean cordoned,
            boolean draining,
            String reason,
            Optional<String> operation,
            Instant since) {}
}

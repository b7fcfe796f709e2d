// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Called around every move of a service between clusters, so that a partner can carry state along. Publish an implementation as
 * a service. Both methods may be called again for the same move after a restart and must then do nothing twice.
 */
@ConsumerType
public interface MoveHook {

    /**
     * @param graph the graph
     * @param service id of the service that moves
     * @param from clusters it leaves
     * @param to clusters it goes to
     * @param reason why
     * @param assignment number of the assignment that moves it; the same move has the same number after a restart
     */
    record Move(
            GraphId graph,
            String service,
            List<ClusterId> from,
            List<ClusterId> to,
            DecisionReason reason,
            long assignment) {
        public Move {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /**
     * Before anything changes; the service still runs at its old place.
     *
     * @throws RuntimeException to put the move off; it is tried again with back-off
     */
    void beforeMove(Move move);

    /** The service is ready at its new place and about to end at the old one. An exception puts the end of the old place off. */
    void afterMove(Move move);
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Takes alerts and installs the conditional services that wait for them. */
@ProviderType
public interface AlertService {

    /** Labels of rules that this system makes. Rules of the reference have the name of the event and the label service only. */
    String PROJECT_LABEL = "smo_project";

    String GRAPH_LABEL = "smo_graph";
    String SERVICE_LABEL = "service";
    String EVENT_LABEL = "smo_event";

    /**
     * Handles each alert on its own, in order; doing it again changes nothing. Bursts are handled in bulk.
     *
     * @return as many results as there are alerts, in order
     * @throws SmoException {@code UNAVAILABLE} when a part of this system is not there: the whole notification should come again
     */
    List<Result> receive(List<Alert> alerts, CallContext call);

    /**
     * One alert of a notification.
     *
     * @param fingerprint identity of the alert over repetitions, "" when the sender gives none: then its labels are
     * @param firing whether it fires, or is resolved
     * @param labels what it is about; {@code alertname} is the name of the rule
     * @param startsAt since when it fires
     */
    record Alert(String fingerprint, boolean firing, Map<String, String> labels, Optional<Instant> startsAt) {
        public Alert {
            labels = Map.copyOf(labels);
        }
    }

    /** Outcomes of an alert. */
    enum Outcome {
        /** the service is being installed now */
        INSTALLED,
        /** taken note of: other events are missing, the alert is resolved, or replicas of the service are decided now */
        NOTED,
        /** the same alert in the same state came before, or the service is not waiting */
        UNCHANGED,
        /** no running graph has such a conditional service, or one that may rest without replicas */
        UNKNOWN,
        /** several graphs have it, and the labels do not say which is meant */
        AMBIGUOUS,
        /** could not be handled now; send it again */
        FAILED
    }

    /**
     * @param graph the graph that it concerns
     * @param service the service that it concerns
     * @param message why, for people
     */
    record Result(Outcome outcome, Optional<GraphId> graph, Optional<String> service, String message) {}
}

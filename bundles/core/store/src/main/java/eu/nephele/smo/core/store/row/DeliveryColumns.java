// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Instant;

/** Deliveries in the table {@code delivery}. */
public final class DeliveryColumns {

    /** A delivery with its event: of a table called {@code d} and one called {@code e}. */
    public static final String OF_D_AND_E =
            "d.webhook, d.state, d.attempts, d.next_attempt_at, d.finished_at, d.last_status, d.last_error, "
                    + EventColumns.OF_E;

    /** The first that waits in its lane; others wait for it. */
    public static final String NEXT = "NEXT";

    private DeliveryColumns() {}

    /** @param row the columns {@link #OF_D_AND_E} */
    public static Delivery delivery(Object... row) {
        RowReader rowReader = new RowReader(row);
        String webhook = rowReader.text();
        String state = rowReader.text();
        int attempts = Math.toIntExact(rowReader.number());
        Instant nextAttemptAt = rowReader.instant();
        var finishedAt = rowReader.optionalInstant();
        int lastStatus = Math.toIntExact(rowReader.number());
        String lastError = rowReader.text();
        return new Delivery(
                webhook,
                EventColumns.event(rowReader),
                state.equals(NEXT) ? Delivery.DeliveryState.WAITING : Delivery.DeliveryState.valueOf(state),
                attempts,
                nextAttemptAt,
                finishedAt,
                lastStatus,
                lastError);
    }

    /** Deliveries of one lane of a webhook are made one after the other. */
    public static String lane(StoredEvent event) {
        return event.resource()
                // nothing else begins with a slash: no other kind takes the lane of a graph
                .map(about -> about.graph().map(GraphId::toString).orElse("/" + about))
                .orElse("");
    }
}

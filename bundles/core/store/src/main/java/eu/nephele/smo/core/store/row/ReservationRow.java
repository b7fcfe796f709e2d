// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import javax.persistence.Column;
import javax.persistence.EmbeddedId;
import javax.persistence.Entity;
import javax.persistence.Table;

/** What a graph has reserved of one resource on one cluster. */
@Entity
@SuppressWarnings("UnusedVariable") // JPA reads the key
@Table(name = "reservation")
public class ReservationRow {

    @EmbeddedId
    private ReservationKey key = new ReservationKey();

    @Column(name = "amount")
    private long amount;

    protected ReservationRow() {}

    public ReservationRow(ReservationKey key, long amount) {
        this.key = key;
        this.amount = amount;
    }
}

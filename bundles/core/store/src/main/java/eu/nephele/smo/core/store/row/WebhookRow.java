// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** A webhook. */
@Entity
@SuppressWarnings("UnusedVariable") // queries sort by the ordinal, which the database gives out
@Table(name = "webhook")
public class WebhookRow {

    @Id
    private String id = "";

    @Column(name = "ordinal", insertable = false, updatable = false)
    private long ordinal;

    private String url = "";

    @Convert(converter = JsonColumn.class)
    @Column(name = "types")
    private JsonValue types = JsonArray.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "projects")
    private JsonValue projects = JsonArray.EMPTY;

    private String secret = "";

    private boolean paused;

    @Convert(converter = InstantColumn.class)
    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "registered_by")
    private String registeredBy = "";

    protected WebhookRow() {}

    public WebhookRow(Webhook webhook) {
        this.id = webhook.id();
        this.url = webhook.url().toString();
        this.types = JsonArray.ofStrings(new TreeSet<>(webhook.filter().types()));
        this.projects = JsonArray.ofStrings(new TreeSet<>(webhook.filter().projects()));
        this.secret = webhook.secret();
        this.paused = webhook.paused();
        this.createdAt = webhook.createdAt();
        this.registeredBy = webhook.registeredBy().orElse("");
    }

    public Webhook webhook() {
        return new Webhook(
                id,
                URI.create(url),
                new EventFilter(Set.copyOf(JsonFieldReader.texts(types)), Set.copyOf(JsonFieldReader.texts(projects))),
                secret,
                paused,
                createdAt,
                Optional.of(registeredBy).filter(text -> !text.isEmpty()));
    }
}

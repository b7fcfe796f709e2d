// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.event;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told what happens. Publish an implementation as a service; events of one graph come in order. A slow subscriber lags
 * alone.
 */
@ConsumerType
public interface EventSubscriber {

    /** Service property (String+): the event types wanted, with {@code *} at the end as wildcard; all when missing. */
    String TYPES = "smo.event.types";

    /** Service property (String): with a name the subscriber has a durable cursor and misses nothing while it is away. */
    String NAME = "smo.subscriber.name";

    /** An exception is logged; with a durable cursor the event comes again. */
    void on(SmoEvent event);
}

// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO intents: latency",
        description = "What the classes of network.latencies and the nearness to devices mean.")
@interface LatencyConfig {

    @AttributeDefinition(name = "Ultralow", description = "A link of class ultralow stays below, ms.", min = "0")
    double ultralowMillis() default 10;

    @AttributeDefinition(
            name = "Low",
            description = "Most of a link of class low, and what is assumed within a zone where nobody knows, ms.",
            min = "0")
    double lowMillis() default 20;

    @AttributeDefinition(name = "Zone label", description = "Label of a cluster that names its zone.")
    String zoneLabel() default "topology.kubernetes.io/zone";

    @AttributeDefinition(
            name = "Device label prefix",
            description = "A cluster near a device has the label of this prefix and the name of the device.")
    String deviceLabelPrefix() default "device.smo.nephele.eu/";

    @AttributeDefinition(
            name = "Proximity weight",
            description = "What it costs to be far from a device, where a move costs 1.",
            min = "0")
    double proximityWeight() default 10;

    @AttributeDefinition(
            name = "Link weight",
            description =
                    "What 1 ms of a link that exchanges 1 MB/s costs, where a move costs 1; 0: links count only where a descriptor weighs them.",
            min = "0")
    double linkWeight() default 0;
}

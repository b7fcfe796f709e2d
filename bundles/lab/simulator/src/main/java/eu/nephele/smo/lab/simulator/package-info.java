/** The simulated federation: a deterministic world of clusters, pods, load and failures behind the ports of the orchestrator. */
@Export
@Version("0.1.0")
package eu.nephele.smo.lab.simulator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Using the orchestrator as a library: deploy, change and look at graphs. */
@Export
@Version("0.5.0")
package eu.nephele.smo.api.graph;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

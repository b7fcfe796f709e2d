/** The outside world as the engine sees it; one adapter bundle implements these for one outside system. */
@Export
@Version("0.6.0")
package eu.nephele.smo.api.port;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

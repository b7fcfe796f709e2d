/** The contract between the engine and everything that decides where services run. */
@Export
@Version("0.3.0")
package eu.nephele.smo.api.placement;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** The contract between the engine and everything that decides how many replicas a service has. */
@Export
@Version("0.2.0")
package eu.nephele.smo.api.scaling;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

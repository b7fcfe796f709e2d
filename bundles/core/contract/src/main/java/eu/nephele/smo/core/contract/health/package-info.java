/** Deviations from the operator's intent in a working server. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

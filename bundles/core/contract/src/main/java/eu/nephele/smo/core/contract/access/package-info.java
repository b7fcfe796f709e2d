/** The gate that everything served over HTTP stands behind. */
@Export
@Version("0.3.0")
package eu.nephele.smo.core.contract.access;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

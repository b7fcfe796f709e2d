/** Admission of work. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.admission;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

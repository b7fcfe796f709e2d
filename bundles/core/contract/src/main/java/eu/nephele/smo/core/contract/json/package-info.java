/** The one place where JSON text and library nodes become values of the model and back. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

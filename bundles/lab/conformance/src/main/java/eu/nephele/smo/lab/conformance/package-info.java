/** Building blocks for tests of plug-ins: problems, prices, the judge by enumeration, intents, a decision context. Free of test frameworks. */
@Export
@Version("0.1.0")
package eu.nephele.smo.lab.conformance;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

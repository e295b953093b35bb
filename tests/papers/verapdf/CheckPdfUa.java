import java.io.File;
import java.io.InputStream;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Checks PDF files against PDF/UA-1 with veraPDF's library. Prints the number of rules, then PASS or FAIL for each file and
 * its faults. The rules are read here with the Java platform's own XML parser, so that no JAXB library is needed.
 */
public final class CheckPdfUa {
    private static final String RULES = "org/verapdf/pdfa/validation/PDFUA-1.xml";
    private static final PDFAFlavour UA = PDFAFlavour.PDFUA_1;

    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        System.out.println("RULES " + profile.getRules().size());
        boolean good = true;
        for (String name : names) {
            good &= passes(name, profile);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean passes(String name, ValidationProfile profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), UA);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name);
            for (TestAssertion fault : result.getTestAssertions()) {
                System.out.println("  " + fault.getRuleId().getClause() + "-" + fault.getRuleId().getTestNumber() + " "
                    + fault.getMessage() + " (" + fault.getLocation().getContext() + ")");
            }
            return result.isCompliant();
        }
    }

    private static ValidationProfile profile() throws Exception {
        try (InputStream stream = CheckPdfUa.class.getClassLoader().getResourceAsStream(RULES)) {
            Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
            Set<Rule> rules = new HashSet<>();
            for (Element element : elements(xml.getDocumentElement(), "rule")) {
                rules.add(rule(element));
            }
            Set<Variable> variables = new HashSet<>();
            for (Element element : elements(xml.getDocumentElement(), "variable")) {
                variables.add(Profiles.variableFromValues(element.getAttribute("name"), element.getAttribute("object"),
                    text(element, "defaultValue"), text(element, "value")));
            }
            return Profiles.profileFromValues(
                UA, Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date(0)), "", rules, variables);
        }
    }

    private static Rule rule(Element element) {
        Element id = elements(element, "id").get(0);
        PDFAFlavour.Specification source = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
        String deferred = element.getAttribute("deferred");
        return Profiles.ruleFromValues(
            Profiles.ruleIdFromValues(source, id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
            element.getAttribute("object"),
            deferred.isEmpty() ? null : Boolean.valueOf(deferred),
            element.getAttribute("tags"), text(element, "description"), text(element, "test"),
            Profiles.errorFromValues(text(element, "message"), List.of()),
            List.of());
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).get(0).getTextContent();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return java.util.stream.IntStream.range(0, found.getLength())
            .mapToObj(index -> (Element) found.item(index)).toList();
    }
}

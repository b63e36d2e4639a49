Attribute VB_Name = "MinshengXL"
Option Explicit

' Each button starts the installed program on this workbook, and does nothing else.
' Where the program is comes only from a setting of the person at this desk, which
' "minsheng-xl setup" writes. The words that are shown stand on a hidden sheet.
' The workbook is the active one: with two masters open, Excel may run the macros of either.

Public Sub ClickConsolidate()
    StartProgram "consolidate"
End Sub

Public Sub ClickInspect()
    StartProgram "inspect"
End Sub

Public Sub ClickPrint()
    StartProgram "print"
End Sub

Public Sub ClickInbox()
    StartProgram "inbox"
End Sub

Public Sub RibbonConsolidate(control As Object)
    StartProgram "consolidate"
End Sub

Public Sub RibbonPrint(control As Object)
    StartProgram "print"
End Sub

Public Sub RibbonInspect(control As Object)
    StartProgram "inspect"
End Sub

Public Sub RibbonInbox(control As Object)
    StartProgram "inbox"
End Sub

Private Sub StartProgram(task As String)
    Dim program As String, obstacle As String
    obstacle = FindProgram(program)
    If obstacle = "" Then obstacle = FindObstacle()
    If obstacle <> "" Then
        MsgBox obstacle
        Exit Sub
    End If
    ShowStatus Words("B9")
    On Error GoTo Gone
    Shell program & " live " & task & " """ & Place() & """", 0
    Exit Sub
Gone:
    ShowStatus ""
    MsgBox Words("B13") & vbCrLf & program
End Sub

Private Function FindObstacle() As String
    Dim found As String
    If ActiveWorkbook.Path = "" Or InStr(ActiveWorkbook.Path, "://") > 0 Then
        found = Words("B7")
    ElseIf IsReadOnly() Then
        found = Words("B8")
    ElseIf IsBeyondCodePage(Place()) And Not IsBeyondCodePage(Words("B4")) Then
        found = Words("B12") & vbCrLf & Place()
    End If
    FindObstacle = found
End Function

' The program is told what the code page of this computer has: any other letter becomes one of ASCII.
Private Function IsBeyondCodePage(text As String) As Boolean
    Dim number As Integer, letter As String, found As Boolean
    For number = 1 To Len(text)
        letter = Mid(text, number, 1)
        If AscW(letter) < 0 Or AscW(letter) > 127 Then
            If Asc(letter) >= 0 And Asc(letter) < 128 Then found = True
        End If
    Next
    IsBeyondCodePage = found
End Function

Private Sub ShowStatus(text As String)
    On Error Resume Next ' the sheet may be protected: the program still starts
    ActiveWorkbook.Worksheets(Words("B4")).Range(Words("B5")).Value = text
End Sub

Private Function IsReadOnly() As Boolean
    On Error Resume Next ' LibreOffice does not know this property
    IsReadOnly = (GetAttr(Place()) And 1) <> 0
    IsReadOnly = ActiveWorkbook.ReadOnly
End Function

Private Function Place() As String
    Place = ActiveWorkbook.Path & "/" & ActiveWorkbook.Name ' FullName is the bare name in LibreOffice
End Function

Private Function Words(cell As String) As String
    Words = ActiveWorkbook.Worksheets("minsheng").Range(cell).Value
End Function

' Gives the first line of the setting; returns the words that say why there is none.
Private Function FindProgram(program As String) As String
    Dim setting As String, number As Integer, found As String
    If Environ("APPDATA") <> "" Then
        setting = Environ("APPDATA") & "\minsheng-xl\program.txt"
    Else
        setting = Environ("HOME") & "/.config/minsheng-xl/program.txt"
    End If
    On Error GoTo Unreadable
    If Dir(setting) = "" Then
        found = Words("B6")
    Else
        number = FreeFile
        Open setting For Input As #number
        If Not EOF(number) Then Line Input #number, program
        Close #number
        If Trim(program) = "" Then found = Words("B11") & vbCrLf & setting
    End If
    FindProgram = found
    Exit Function
Unreadable:
    FindProgram = Words("B10") & vbCrLf & setting
End Function
